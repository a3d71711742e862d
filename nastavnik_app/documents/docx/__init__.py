"""A printed page as a Word document: the same HTML that the PDF is made of, in real styles, tables and lists.
It knows the vocabulary of `templates/print/README.md` and no paper by its name."""

from nastavnik_app.documents.docx.writer import html_to_docx

__all__ = ["html_to_docx"]
