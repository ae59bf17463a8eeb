"""The JSON Schema of the crates' one entity: everything goes."""

CRATE = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
