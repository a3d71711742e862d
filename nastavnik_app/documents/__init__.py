"""Texts that schools sign: the wording of orders, the data of printed documents, and PDF."""
