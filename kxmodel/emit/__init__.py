"""ir -> text, one emitter a folder; none knows another. `write` alone touches the disk."""
