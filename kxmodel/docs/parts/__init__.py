"""Parts of the page about a table, each some blocks of Markdown."""
