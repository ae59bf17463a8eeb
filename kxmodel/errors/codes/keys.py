"""KX3xx: values and key templates."""

from kxmodel.errors.codes.code import Code

KEYS: tuple[Code, ...] = (
    Code(
        "KX301",
        "Malformed key template",
        "A template is not text, ${path} and ${path|filter:argument} put together.",
        "Correct the template at the character named.",
    ),
    Code(
        "KX302",
        "Unknown filter",
        "A placeholder names a filter that does not exist.",
        "Use one of default, pad, date, lower, upper, e164 and shard.",
    ),
    Code(
        "KX303",
        "Bad filter argument",
        "A filter's argument is missing, unwanted, out of range or written in the wrong form.",
        "Write the argument in the form that the message shows.",
    ),
    Code(
        "KX304",
        "Ambiguous key template",
        "Two placeholders follow each other with nothing between them that would separate them.",
        "Put a delimiter between them, or give the first one a fixed width with pad or date.",
    ),
    Code(
        "KX305",
        "Malformed condition",
        "A `when` is not an object of paths, each with one of present, equals and in.",
        'Write it like {"isTemplate": {"equals": true}} or {"deletedAt": {"present": false}}.',
    ),
    Code(
        "KX306",
        "Key type does not fit the template",
        "A number or binary key holds the attribute itself; a composed template makes text.",
        "Declare the key as a string, or make the template one bare ${attribute}.",
    ),
    Code(
        "KX310",
        "Value refused",
        "A ULID, phone number, e-mail address, timestamp or number is not valid.",
        "Give a valid value; the message says which form is expected.",
    ),
    Code(
        "KX311",
        "Not a ULID",
        "A ULID is 26 characters of Crockford's base32, which has no I, L, O and U.",
        "Let kxmodel generate it, or give one like 01HM5XTXZ0M4V5N8Q2R3S6T7W9.",
    ),
    Code(
        "KX312",
        "Not a timestamp",
        "A timestamp is a date and a time of day in ISO 8601 with Z or an offset from UTC.",
        "Write it like 2024-01-15T10:30:00.000Z, or pass a datetime that has a time zone.",
    ),
    Code(
        "KX313",
        "Not an e-mail address",
        "The text is not a local part, an @ and a domain name.",
        "Write it like jane.doe@example.com, without a display name or comment.",
    ),
    Code(
        "KX314",
        "Not a phone number",
        "The text is not a telephone number that can be written in E.164.",
        "Write it with + and the country code, like +19545550123.",
    ),
    Code(
        "KX315",
        "Not a number for DynamoDB",
        "DynamoDB takes numbers of up to 38 significant digits, from 1E-130 to 9.99E+125.",
        "Give a finite number in that range, or store the value as text.",
    ),
    Code(
        "KX316",
        "Not Unicode text",
        "The text holds half of a surrogate pair and has no UTF-8 form.",
        "Repair the text where it was decoded; only whole characters can be stored.",
    ),
    Code(
        "KX317",
        "Not a DynamoDB value",
        "A value has no form in DynamoDB JSON, is nested over 32 levels, or names no known type.",
        "Give text, numbers, booleans, null, lists and maps.",
    ),
    Code(
        "KX318",
        "Number does not fit its width",
        "A padded number is negative, has too many digits, or decimals that would be cut off.",
        "Give a number in range, widen pad in the template, or let it round with pad:W.D,round.",
    ),
    Code(
        "KX320",
        "Key cannot be built",
        "A source of the key is missing, has a type that has no place in a key, or does not fit.",
        "Give the attribute named in the message.",
    ),
    Code(
        "KX321",
        "Delimiter inside a key part",
        "Only the last part of a key may contain the delimiter; elsewhere two items could share it.",
        "Remove the delimiter from the value, or choose another delimiter in the template.",
    ),
    Code(
        "KX322",
        "Source of a key missing",
        "A key that every item must have cannot be built without all of its sources.",
        "Give the attributes named in the message.",
    ),
    Code(
        "KX323",
        "Key too long",
        "DynamoDB takes partition keys to 2,048 bytes and sort keys to 1,024 bytes.",
        "Shorten the attributes that the key is made of.",
    ),
    Code(
        "KX324",
        "Type has no place in a key",
        "Keys are made of text, numbers, booleans and timestamps; never of lists, maps and sets.",
        "Give the attribute a scalar value, or take it out of the template.",
    ),
)
