"""Pages and pictures of the tables: ir -> Markdown and SVG. Pure; knows no MkDocs and no network."""
