"""KX660-KX669: items against the schema."""

from kxmodel.errors.codes.code import Code

REPORT: tuple[Code, ...] = (
    Code(
        "KX660",
        "Stored item breaks its schema",
        "A value of the item is not what the entity's schema allows.",
        "Correct the item, with a migration where there are many, or let the schema allow the value.",
    ),
    Code(
        "KX661",
        "Item of no entity",
        "None of the table's entities is recognised in the item, so that nothing can be said of it.",
        "Describe the entity in the schema, correct its `recognise`, or remove the item.",
    ),
    Code(
        "KX662",
        "Stale key",
        "A stored key attribute is not what its template gives for the item's attributes, or is missing: an index answers wrongly.",
        "Run `kxmodel verify --repair`, and deploy writers that stamp the keys. A primary key is corrected by the operation Rekey.",
    ),
    Code(
        "KX663",
        "Key of an item cannot be used",
        "A key attribute of the table is missing, a key is over DynamoDB's size, or none can be built from the item's attributes.",
        "Correct the attribute named in the message.",
    ),
    Code(
        "KX664",
        "Record cannot be read",
        "A line or element of a file is no item: broken JSON, not UTF-8, a name given twice, or no DynamoDB JSON.",
        "Correct the line named. The other records of the file were judged.",
    ),
    Code(
        "KX665",
        "File not read to its end",
        "A file is cut off or damaged, is not what the export's manifest says, or is missing.",
        "Get the file again from where it came. What could be read of it was judged.",
    ),
    Code(
        "KX666",
        "Export cannot be used",
        "A folder holds no export that can be read: it is in Amazon Ion, its manifest is damaged, or it holds several.",
        "Export the table as DYNAMODB_JSON, and name the folder of one manifest-summary.json.",
    ),
    Code(
        "KX667",
        "Table cannot be read",
        "DynamoDB refused to describe or to scan the table; its own words are in the message.",
        "Check name, prefix, region and permissions (dynamodb:DescribeTable, dynamodb:Scan).",
    ),
    Code(
        "KX668",
        "Stored item too large",
        "The item is over 400 KB; DynamoDB would refuse to store it.",
        "Move large values to S3 and store a reference.",
    ),
    Code(
        "KX669",
        "Report cannot be written",
        "The file of the report cannot be made; what stood there before is unchanged.",
        "Name a file in a folder that exists and can be written.",
    ),
)
