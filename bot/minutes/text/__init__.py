"""Markdown as blocks and lines. The one place that knows the Markdown parser."""
