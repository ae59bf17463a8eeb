"""The JSON Schema of the forum's threads."""

THREAD = {
    "type": "object",
    "required": ["forum", "subject"],
    "properties": {
        "forum": {"type": "string", "minLength": 1},
        "subject": {"type": "string", "minLength": 1},
        "views": {"type": "integer", "minimum": 0},
        "replies": {"type": "integer"},
    },
}
