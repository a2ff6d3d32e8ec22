"""PDF files -> their text."""

from aggregator.parse.pdf.text import read_pages

__all__ = ["read_pages"]
