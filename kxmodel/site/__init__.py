"""A project's site: read from its files, written as Markdown and SVG, or handed to MkDocs."""
