"""Markdown as blocks and lines. Only these modules import the Markdown parser."""
