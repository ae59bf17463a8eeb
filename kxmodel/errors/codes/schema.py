"""KX1xx: a schema file that cannot be read as a table."""

from kxmodel.errors.codes.code import Code

SCHEMA: tuple[Code, ...] = (
    Code(
        "KX101",
        "Unreadable schema",
        "The file cannot be opened, or is not text in UTF-8 without a byte order mark.",
        "Check the path and its permissions, and save the file as plain UTF-8.",
    ),
    Code(
        "KX102",
        "Broken JSON",
        "The file is not JSON (RFC 8259).",
        "Correct the text at the place named: often a comma too many, or a quote too few.",
    ),
    Code(
        "KX103",
        "Duplicate member",
        "One object has two members of one name; a reader would silently drop the first.",
        "Rename or remove one of the two.",
    ),
    Code(
        "KX104",
        "Schema too large",
        "A schema file holds at most 4 MB, 100 levels of nesting, and numbers of 4,300 digits.",
        "Move shared types into a library file and reach them by $ref.",
    ),
    Code(
        "KX106",
        "Another dialect",
        "The file's $schema does not name the dialect that kxmodel reads.",
        'Begin the file with "$schema": "urn:kxmodel:dialect:1".',
    ),
    Code(
        "KX107",
        "Unknown keyword",
        "A keyword is neither of JSON Schema 2020-12 nor of the dialect, or is not supported.",
        "Correct its spelling, or name an annotation of your own x-... (not x-kx-...).",
    ),
    Code(
        "KX108",
        "Value not allowed by the dialect",
        "A keyword is there, but its value is not one that it can have.",
        "Give one of the values that the message names.",
    ),
    Code(
        "KX109",
        "Misplaced keyword",
        "x-kx-table and x-kx-patterns stand at the root, x-kx-entity there or directly in $defs.",
        "Move the keyword to its place.",
    ),
    Code(
        "KX110",
        "Unresolvable reference",
        "A $ref names a file, a pointer or an anchor that is not there, or that is no schema.",
        "Correct the $ref, or add what it names.",
    ),
    Code(
        "KX111",
        "Circular reference",
        "Following a $ref leads back to itself without ever reaching a type.",
        "Let one of the schemas on the circle say what it is.",
    ),
    Code(
        "KX112",
        "Reference out of bounds",
        "A $ref leads to a network address, an absolute path or out of the schemas folder.",
        "Copy what is referred to into a file in the schemas folder.",
    ),
    Code(
        "KX120",
        "Name clash",
        "Two things that share one namespace in the generated code have one name.",
        "Rename one, or give it another Python name with x-kx-name.",
    ),
    Code(
        "KX121",
        "Name is no identifier",
        "A stored name does not turn into a Python identifier of ASCII letters, digits and _.",
        "Give the Python name with x-kx-name; the stored name stays as it is.",
    ),
    Code(
        "KX122",
        "Reserved name",
        "The name would hide a method of PynamoDB's classes or of kxmodel's.",
        "Give another Python name with x-kx-name; the stored name stays as it is.",
    ),
    Code(
        "KX130",
        "Contradictory table",
        "x-kx-table names an attribute that is not there, or keys that DynamoDB cannot have.",
        "Correct the member of x-kx-table at the place named.",
    ),
    Code(
        "KX131",
        "Incomplete entity",
        "An entity lacks a key template, or has one for something that is no key attribute.",
        "Give a template for each key attribute of the table and of the indexes it appears in.",
    ),
    Code(
        "KX132",
        "Contradictory type",
        "A keyword of the dialect stands on a type that it cannot apply to.",
        "Correct the type, or remove the keyword.",
    ),
    Code(
        "KX133",
        "Unrecognisable entity",
        "Several entities share the table, and nothing tells the items of this one.",
        "Give the entity a constant or a prefix in a primary key template, or `recognise`.",
    ),
    Code(
        "KX140",
        "Unknown name in a pattern",
        "An access pattern names an entity, an index or a path that is not there.",
        "Correct the name; paths are stored names, with dots into maps.",
    ),
    Code(
        "KX141",
        "Unusable parameter name",
        "Two parameters of a pattern's method have one name, or one that is taken.",
        'Name it: {"path": "contactInfo.phone", "name": "phone"}.',
    ),
    Code(
        "KX142",
        "Contradictory pattern",
        "Members of an access pattern do not go together.",
        "Correct the member of the pattern at the place named.",
    ),
    Code(
        "KX150",
        "Two tables of one name",
        "Two schema files describe tables whose names, or generated modules, are the same.",
        "Rename one of the tables.",
    ),
)
