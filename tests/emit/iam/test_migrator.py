"""The migrator's policy against what migrations send."""

import inspect
import json
import re

import pytest
from botocore.client import BaseClient

from kxmodel.emit.iam import EMITTER
from kxmodel.migrate import operations as op
from kxmodel.migrate.backfill.client import DynamoClient
from kxmodel.migrate.files import load_folder
from kxmodel.migrate.names import HISTORY, LEDGER
from kxmodel.migrate.run.api import migrate
from kxmodel.migrate.run.database import Database
from kxmodel.migrate.run.options import Options
from kxmodel.migrate.schema.control import ControlClient
from tests.emit.designs import design
from tests.emit.iam.evaluator import Evaluator, Request
from tests.emit.tools import ROOT
from tests.migrate.databases import control, database, names, settings  # noqa: F401  # fixtures
from tests.migrate.run.story import CREATE, LEAD, fill, folder

ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/"
GLOBAL = "arn:aws:dynamodb::000000000000:global-table/"
IN_TRANSACTION = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


def policies(tables, prefix=""):
    files = EMITTER.run(tables, {"role": "migrator", "prefix": prefix})
    return [json.loads(text) for text in files.values()]


def permissions(operation, request):
    """(action, ARN) that AWS asks for when a request is sent."""
    if operation == "TransactWriteItems":
        for item in request["TransactItems"]:
            ((kind, inner),) = item.items()
            yield IN_TRANSACTION[kind], ARN + inner["TableName"]
    elif operation == "BatchExecuteStatement":
        for each in request["Statements"]:
            verb, table = re.match(r'(\w+) "([^"]+)"', each["Statement"]).groups()
            yield f"PartiQL{verb.title()}", ARN + table
    elif operation == "DescribeGlobalTable":
        yield operation, GLOBAL + request["GlobalTableName"]
    elif operation != "ListTables":  # the fixtures', when they clean up
        table = request.get("TableName") or request["ResourceArn"].rpartition("/")[2]
        index = request.get("IndexName")
        yield operation, ARN + (f"{table}/index/{index}" if index else table)


@pytest.fixture
def sent(monkeypatch):
    """(action, ARN) of every request, whichever client sends it."""
    found = set()
    send = BaseClient._make_api_call

    def recording(self, operation, request):
        found.update(permissions(operation, request))
        return send(self, operation, request)

    monkeypatch.setattr(BaseClient, "_make_api_call", recording)
    return found


@pytest.fixture
def db(control, names, settings):  # noqa: F811  # the fixtures above
    return Database(control.client, names, settings)


def refused(sent, tables, prefix):
    evaluator = Evaluator(policies(tables, prefix))
    return sorted(
        (action, resource)
        for action, resource in sent
        if not evaluator.allows(Request(f"dynamodb:{action}", resource))
    )


def test_the_migrations_of_kxgen_send_nothing_that_is_not_allowed(db, sent):
    outcome = migrate(load_folder(ROOT / "migrations"), db, options=Options(workers=2, segments=2))
    assert outcome.finished
    assert refused(sent, design("kxgen"), db.names.prefix) == []


def test_a_backfill_up_and_down_sends_nothing_that_is_not_allowed(db, sent):
    chosen = Options(workers=2, segments=2, allow_destructive=True)
    story = folder(CREATE, LEAD, [op.SetTags("messages", {"team": "crm"})])
    migrate(story, db, "1", options=chosen)
    fill(db)
    migrate(story, db, options=chosen)
    migrate(story, db, "0", options=chosen)
    mine = {(a, r) for a, r in sent if "messages" in r or HISTORY in r or LEDGER in r}
    assert {"PartiQLUpdate", "Scan", "UpdateTable", "DeleteTable", "TagResource"} <= {
        action for action, _ in mine
    }
    tables = [table for table in design("kxgen") if table.name == "messages"]
    # The test's own filling of the table is not the migrator's.
    assert set(refused(mine, tables, db.names.prefix)) <= {
        (action, ARN + db.names.table("messages")) for action in ("BatchWriteItem", "PutItem")
    }


def test_every_request_that_migrations_can_send_is_allowed_and_no_other():
    """Both protocols of clients name what is sent: all of it, and nothing else, is in the policy."""
    methods = {
        name
        for protocol in (ControlClient, DynamoClient)
        for name, _ in inspect.getmembers(protocol, inspect.isfunction)
        if not name.startswith("_")
    }
    sendable = {"".join(word.title() for word in name.split("_")) for name in methods}
    sendable -= {"TransactWriteItems", "BatchExecuteStatement"}
    sendable |= {*IN_TRANSACTION.values(), "PartiQLUpdate"}
    (policy,) = policies(design("shop"))
    allowed = {
        action.removeprefix("dynamodb:")
        for statement in policy["Statement"]
        for action in statement["Action"]
        if action.startswith("dynamodb:")
    }
    assert allowed == sendable


def test_the_books_are_the_only_other_tables():
    evaluator = Evaluator(policies(design("kxgen"), "dev-"))
    assert evaluator.allows(Request("dynamodb:UpdateItem", f"{ARN}dev-{LEDGER}"))
    assert evaluator.allows(Request("dynamodb:PutItem", f"{ARN}dev-{HISTORY}"))
    for table in ("leads", "dev-leads2", "dev-others", LEDGER):
        assert not evaluator.allows(Request("dynamodb:DescribeTable", ARN + table))
    for action in ("GetRecords", "DescribeStream", "ExportTableToPointInTime", "DeleteBackup"):
        assert not evaluator.allows(Request(f"dynamodb:{action}", f"{ARN}dev-leads"))
