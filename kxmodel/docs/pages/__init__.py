"""One kind of page a module; each has `pages(project)`, which yields paths and texts."""
