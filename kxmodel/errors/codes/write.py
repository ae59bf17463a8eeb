"""KX4xx: reading and writing items."""

from kxmodel.errors.codes.code import Code

WRITE: tuple[Code, ...] = (
    Code("KX400", "Item error", "Something is wrong with one item.", "See the message."),
    Code(
        "KX401",
        "Write refused by the schema",
        "The write brings values that the schema does not allow; nothing was sent.",
        "Correct the values named; old flaws that the write does not touch block nothing.",
    ),
    Code(
        "KX402",
        "Item or key too large",
        "DynamoDB takes items to 400 KB, partition keys to 2,048 bytes and sort keys to 1,024.",
        "Move large values to S3 and store a reference, or shorten the key's sources.",
    ),
    Code(
        "KX403",
        "Immutable attribute",
        "A source of the primary key, or an attribute declared immutable, would change.",
        "Create a new item and delete the old one, or use the migration operation Rekey.",
    ),
    Code(
        "KX404",
        "Partial item",
        "The object was read through a projection; saving it would erase what was not read.",
        "Call refresh() before save(), or change single attributes with update().",
    ),
    Code(
        "KX405",
        "Item not found",
        "The item to update does not exist, and update() creates none.",
        "Save it first, or call update(..., upsert=True).",
    ),
    Code(
        "KX406",
        "More than one match",
        "An access pattern that finds one item found several.",
        "Decide which of the named items is right and correct the other.",
    ),
    Code(
        "KX407",
        "Item keeps changing",
        "The item changed under the update more often than it may be retried.",
        "Try again, or serialise the writers of this item.",
    ),
    Code(
        "KX408",
        "Argument of an access pattern refused",
        "An argument is missing, null or empty, so that no key can be built from it.",
        "Give the argument named in the message.",
    ),
    Code(
        "KX409",
        "Narrowing refused",
        "between, begins_with, lt, le, gt and ge contradict each other or do not fit the range key.",
        "Use between alone, begins_with alone, or one lower and one upper bound.",
    ),
    Code(
        "KX410",
        "Limit refused",
        "A limit is the number of objects to return: a whole number from 1 on.",
        "Give a limit of 1 or more.",
    ),
    Code(
        "KX411",
        "Access pattern cannot be answered",
        "Its arguments do not determine the partition key, or its index does not hold what it reads.",
        "Run `kxmodel lint`, correct the pattern in the schema, and generate again.",
    ),
    Code(
        "KX420",
        "Cursor refused",
        "A cursor is damaged, or was made by another query or with other arguments.",
        "Start again without a cursor.",
    ),
    Code(
        "KX421",
        "Cursor of another query",
        "A cursor continues only the query that made it: same table, pattern, arguments and order.",
        "Start again without a cursor, or repeat the arguments of the page it came from.",
    ),
    Code(
        "KX422",
        "Cursor of another version",
        "The cursor was made by a version of kxmodel that writes cursors in another form.",
        "Start again without a cursor.",
    ),
    Code(
        "KX423",
        "Cursor encryption does not agree",
        "With bind(cursor_key=...) only cursors under one of these keys are taken; without, only plain ones.",
        "Start again without a cursor, or bind the key that it was encrypted with beside the new one.",
    ),
    Code(
        "KX430",
        "Binding refused",
        "kxmodel.bind was given arguments that contradict each other or cannot be used.",
        "Correct the argument named in the message.",
    ),
    Code(
        "KX431",
        "No region",
        "Neither kxmodel.bind, the AWS_* variables nor the AWS configuration names a region.",
        "Call kxmodel.bind(region=...) or set AWS_DEFAULT_REGION.",
    ),
    Code(
        "KX432",
        "Not a cursor key",
        "cursor_key takes Fernet keys: 32 random bytes in URL-safe base64.",
        "Make one with cryptography.fernet.Fernet.generate_key() and keep it with your secrets.",
    ),
    Code(
        "KX433",
        "Encryption is not installed",
        "cursor_key needs the cryptography library, which is an extra of kxmodel.",
        "Run: pip install 'kxmodel[encryption]'",
    ),
    Code(
        "KX440",
        "Schema cannot be compiled",
        "An entity's schema has a wrong keyword value, a $ref that leads nowhere in it, or a pattern "
        "that is no regular expression.",
        "Correct the place named in the schema file and generate the models again.",
    ),
)
