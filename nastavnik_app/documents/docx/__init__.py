"""A printed page as a Word document: the same HTML that the PDF is made of, in real styles, tables and lists."""

from nastavnik_app.documents.docx.writer import html_to_docx

__all__ = ["html_to_docx"]
