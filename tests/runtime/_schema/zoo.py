"""The JSON Schema of the zoo's one entity."""

ANIMAL = {
    "type": "object",
    "required": ["tenantId", "animalId", "name"],
    "properties": {
        "PK": {"type": "string"},
        "SK": {"type": "string"},
        "tenantId": {"type": "string", "minLength": 1},
        "animalId": {"type": "string", "minLength": 1},
        "name": {"type": "string", "minLength": 1, "maxLength": 40},
        "species": {"enum": ["cat", "dog", "owl"]},
        "weight": {"type": "number", "minimum": 0, "maximum": 1000000},
        "legs": {"type": "integer", "minimum": 0},
        "price": {"type": "number"},
        "tags": {
            "type": "array",
            "items": {"type": "string", "maxLength": 12},
            "uniqueItems": True,
        },
        "sizes": {"type": "array", "items": {"type": "number"}},
        "photo": {"type": "string"},
        "alive": {"type": "boolean"},
        "born": {"type": "string", "format": "date-time"},
        "keeper": {
            "type": "object",
            "required": ["email"],
            "properties": {
                "email": {"type": "string", "format": "email"},
                "phone": {"type": "string", "format": "e164"},
                "shift": {"type": "integer"},
            },
        },
        "meals": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"what": {"type": "string"}, "grams": {"type": "number"}},
            },
        },
        "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        "notes": {"type": "array", "items": {"type": "string"}},
        "readings": {"type": "array", "items": {"type": "number"}},
        "label": {"type": "string"},
    },
}
