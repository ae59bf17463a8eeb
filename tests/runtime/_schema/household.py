"""The JSON Schemas of a table with two entities."""

PERSON = {
    "type": "object",
    "required": ["house", "name"],
    "properties": {"house": {"type": "string"}, "name": {"type": "string", "minLength": 1}},
}

ROOM = {
    "type": "object",
    "required": ["house", "room"],
    "properties": {
        "house": {"type": "string"},
        "room": {"type": "string"},
        "size": {"type": "integer", "minimum": 1},
    },
}
