"""Kept for tools that look for it; what the package is stands in pyproject.toml."""

from setuptools import setup

setup()
