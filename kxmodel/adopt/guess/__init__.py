"""What the items of a table let one guess: entities, key templates, types. Pure."""
