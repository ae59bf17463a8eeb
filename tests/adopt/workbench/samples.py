"""Data models in the shapes that NoSQL Workbench writes, each with what is special about it."""

from __future__ import annotations

from typing import Any

Model = dict[str, Any]

NO_ACCESS = {"DataAccess": {"MySql": {}}}


def key(hash_name: str, range_name: str | None = None, types: str = "SS") -> Model:
    made = {"PartitionKey": {"AttributeName": hash_name, "AttributeType": types[0]}}
    if range_name is not None:
        made["SortKey"] = {"AttributeName": range_name, "AttributeType": types[1]}
    return {"KeyAttributes": made}


def others(**types: str) -> Model:
    return {
        "NonKeyAttributes": [
            {"AttributeName": name, "AttributeType": kind} for name, kind in types.items()
        ]
    }


def gsi(name: str, *names: str, types: str = "SS", project: Model | None = None) -> Model:
    projection = {"Projection": project or {"ProjectionType": "ALL"}}
    return {"IndexName": name, **key(*names, types=types), **projection}


def facet(
    name: str, aliases: tuple[str, ...], *attributes: str, items: list[Model] | None = None
) -> Model:
    roles = ("PartitionKeyAlias", "SortKeyAlias")
    return {
        "FacetName": name,
        "KeyAttributeAlias": dict(zip(roles, aliases, strict=False)),
        "TableData": items or [],
        "NonKeyAttributes": list(attributes),
        **NO_ACCESS,
    }


def items(*rows: Model) -> Model:
    return {"TableData": [{name: value(each) for name, each in row.items()} for row in rows]}


def value(each: object) -> Model:
    match each:
        case dict():
            return each
        case bool():
            return {"BOOL": each}
        case int() | float():
            return {"N": str(each)}
        case _:
            return {"S": each}


def model(name: str, *tables: Model) -> Model:
    return {
        "ModelName": name,
        "ModelMetadata": {
            "Author": "A. Nobody",
            "DateCreated": "Jan 01, 2024, 12:00 AM",
            "DateLastModified": "Jan 01, 2024, 12:00 AM",
            "Description": f"{name}, for tests",
            "AWSService": "Amazon DynamoDB",
            "Version": "3.0",
        },
        "DataModel": list(tables),
    }


#: One table, many facets with aliases; attributes that stand in keys, and some that do not.
OFFERS = model(
    "Card offers",
    {
        "TableName": "CardOffers",
        **key("PK", "SK"),
        **others(AccountId="S", OfferId="S", Name="S", Amount="N", State="S", Tags="SS", Rules="M"),
        "TableFacets": [
            facet("Accounts", ("AccountId", "SK"), "AccountId", "Name", "Rules"),
            facet("Offers", ("OfferId", "SK"), "OfferId", "Name", "Amount", "State"),
            facet(
                "AccountOffers", ("AccountId", "OfferId"), "AccountId", "OfferId", "State", "GSI1PK"
            ),
            facet("Notes", ("NoteId", "SK"), "Body"),
        ],
        "GlobalSecondaryIndexes": [
            gsi("GSI1", "GSI1PK", "SK"),
            gsi(
                "GSI2",
                "State",
                "PK",
                project={"ProjectionType": "INCLUDE", "NonKeyAttributes": ["Amount"]},
            ),
            gsi("GSI3", "Amount", types="N", project={"ProjectionType": "KEYS_ONLY"}),
        ],
        **items(
            {
                "PK": "ACCT#1",
                "SK": "ACCT#1",
                "AccountId": "1",
                "Name": "Ann",
                "Rules": {"M": {"cap": {"N": "3"}, "by": {"S": "day"}}},
            },
            {
                "PK": "ACCT#2",
                "SK": "ACCT#2",
                "AccountId": "2",
                "Name": "Bob",
                "Rules": {"M": {"cap": {"N": "2.5"}}},
            },
            {
                "PK": "OFFER#7",
                "SK": "META",
                "OfferId": "7",
                "Name": "Spring",
                "Amount": 5,
                "State": "OPEN",
                "Tags": {"SS": ["b", "a"]},
            },
            {
                "PK": "OFFER#8",
                "SK": "META",
                "OfferId": "8",
                "Name": "Fall",
                "Amount": 7.25,
                "State": "SHUT",
            },
            {
                "PK": "ACCT#1",
                "SK": "OFFER#OPEN#7",
                "AccountId": "1",
                "OfferId": "7",
                "State": "OPEN",
                "GSI1PK": "OFFER#7",
            },
            {
                "PK": "ACCT#2",
                "SK": "OFFER#SHUT#7",
                "AccountId": "2",
                "OfferId": "7",
                "State": "SHUT",
                "GSI1PK": "OFFER#7",
            },
        ),
        **NO_ACCESS,
        "BillingMode": "PAY_PER_REQUEST",
    },
)

#: Several tables with plain keys and facets that are views, not kinds; formats of sample data.
FORUM = model(
    "Discussion forum",
    {
        "TableName": "Forum",
        **key("ForumName"),
        **others(Category="S", Threads="N", Messages="N", Views="N"),
        "TableFacets": [facet("Popular", ("ForumName",), "Views", "Messages")],
        **items(
            {
                "ForumName": "Amazon MQ",
                "Category": "Messaging",
                "Threads": 1,
                "Messages": 2,
                "Views": 3,
            },
            {
                "ForumName": "Amazon S3",
                "Category": "Storage",
                "Threads": 2,
                "Messages": 4,
                "Views": 9,
            },
        ),
        "SampleDataFormats": {"ForumName": ["identifiers", "UUID"]},
    },
    {
        "TableName": "Thread",
        "KeyAttributes": {
            "PartitionKey": {"AttributeName": "ForumName", "AttributeType": "S"},
            "SortKey": {
                "AttributeName": "Subject",
                "AttributeType": "S",
                "DataFormat": "Text",
                "SampleDataFormat": {"Type": "sentence"},
            },
        },
        **others(Message="S", LastPosted="S", Answered="BOOL", Tags="L", Binary="B", Gone="NULL"),
        "GlobalSecondaryIndexes": [gsi("Last-Posted.Index", "ForumName", "LastPosted")],
        "LocalSecondaryIndexes": [gsi("ByMessage", "ForumName", "Message")],
        **items(
            {
                "ForumName": "Amazon MQ",
                "Subject": "Lost",
                "Message": "Where?",
                "LastPosted": "2024-01-15T10:30:00.000Z",
                "Answered": True,
                "Tags": {"L": [{"S": "a"}, {"N": "1"}]},
                "Gone": {"NULL": True},
            },
            {
                "ForumName": "Amazon S3",
                "Subject": "Keys: how?",
                "Message": "So.",
                "Answered": {"BOOL": "false"},
                "Binary": {"B": "AAEC"},
                "Tags": {"L": []},
            },
        ),
        **NO_ACCESS,
    },
    {
        "TableName": "Reply",
        **key("Id", "ReplyDateTime"),
        **others(Message="S", PostedBy="S"),
        "GlobalSecondaryIndexes": [gsi("PostedBy-Message", "PostedBy", "Message")],
        "TableData": [],
    },
)

#: Keys of other types, and names that Python or templates cannot have.
ODD = model(
    "Odd names",
    {
        "TableName": "odd.names-1",
        **key("user id", "1st", types="BN"),
        **others(
            **{
                "class": "S",
                "query": "S",
                "größe": "N",
                "a.b": "S",
                "__x": "S",
                "limit": "N",
                "": "S",
            }
            | {"x": "S"}
        ),
        "GlobalSecondaryIndexes": [gsi("2nd", "class", "limit", types="SN"), gsi("2nd.", "query")],
        **items(
            {
                "user id": {"B": "AAEC"},
                "1st": 1,
                "class": "first",
                "query": "q",
                "größe": 5,
                "a.b": "x",
                "__x": "y",
                "limit": 9,
            },
            {
                "user id": {"B": "AAED"},
                "1st": 2.5,
                "class": "second",
                "limit": 3,
                "m": {"M": {"get": {"S": "x"}, "items": {"L": []}}},
            },
        ),
    },
)
ODD["DataModel"][0]["NonKeyAttributes"] = [
    each for each in ODD["DataModel"][0]["NonKeyAttributes"] if each["AttributeName"]
]

#: Kinds of items that cannot be told apart, and items that DynamoDB would not store.
MIXED = model(
    "Mixed",
    {
        "TableName": "Mixed",
        **key("PK", "SK"),
        "TableFacets": [facet("Employee", ("LoginAlias", "Kind"), "Name"), facet("Team", ("", ""))],
        "GlobalSecondaryIndexes": [gsi("GSI", "Data", "SK")],
        **items(
            {"PK": "HR-EMPLOYEE1", "SK": "EMPLOYEE1", "Data": "$1,000|x", "Name": "Ann"},
            {"PK": "HR-EMPLOYEE1", "SK": "HR-CONFIDENTIAL", "Data": "2015-11-08"},
            {"PK": "HR-EMPLOYEE1", "SK": "v0#x", "Data": "Murphy, John"},
            {"PK": "OE#1", "SK": "WA|SEATTLE", "Data": "BLDG1|F3", "Any": 5},
            {"PK": "OE#1", "SK": "EMPLOYEE1", "Data": "x", "Any": {"SS": ["x"]}},
            {"PK": "", "SK": "empty"},
            {"PK": "no sort key"},
            {"PK": "wrong type", "SK": "x", "Data": 5},
        ),
    },
)

#: Items that only facets hold, composite keys that attributes make.
FACET_ITEMS = model(
    "Facet items",
    {
        "TableName": "Game",
        **key("pk", "sk"),
        "TableFacets": [
            facet(
                "player",
                ("player_id", "sk"),
                "player_id",
                "level",
                items=items(
                    {
                        "pk": "player#p1",
                        "sk": "level#1#eu",
                        "player_id": "p1",
                        "level": "1",
                        "region": "eu",
                    },
                    {
                        "pk": "player#p2",
                        "sk": "level#2#us",
                        "player_id": "p2",
                        "level": "2",
                        "region": "us",
                    },
                )["TableData"],
            ),
            facet("match", ("match_id", "sk"), "score"),
        ],
        **items(
            {"pk": "match#m1", "sk": "player#p1", "score": 5},
            {"pk": "match#m1", "sk": "player#p2", "score": 6},
        ),
    },
)

#: No items at all, but facets.
EMPTY = model(
    "Empty",
    {
        "TableName": "Bookmarks",
        **key("customerId", "sk"),
        **others(url="S", createDate="S", ByEmail="S"),
        "TableFacets": [
            facet("CustomerBookmark", ("customerId", "url"), "url", "folder"),
            facet("Customer", ("customerId", "customerId"), "fullName", "email"),
        ],
        "GlobalSecondaryIndexes": [gsi("ByEmail", "email"), gsi("ByUrl", "url", "customerId")],
        "BillingMode": "PROVISIONED",
        "ProvisionedCapacitySettings": {
            "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
            "AutoScalingRead": {"ScalableTargetRequest": {"MinCapacity": 1}},
        },
    },
)

MODELS = {
    "offers": OFFERS,
    "forum": FORUM,
    "odd": ODD,
    "mixed": MIXED,
    "facet-items": FACET_ITEMS,
    "empty": EMPTY,
}
