"""The module as a whole: a file for each table, and what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.emit.capacity import capacity_of
from kxmodel.emit.files import export_header, path
from kxmodel.emit.labels import check_names, labels, snake
from kxmodel.emit.terraform.alarm import alarm_blocks
from kxmodel.emit.terraform.hcl import Block, Expression, Object, render
from kxmodel.emit.terraform.scaling import scaling_blocks
from kxmodel.emit.terraform.table import table_blocks
from kxmodel.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.emit.emitter import Given
    from kxmodel.emit.files import Files
    from kxmodel.ir import Table

#: The first version whose global indexes have `key_schema`, which takes several attributes a key
#: (https://github.com/hashicorp/terraform-provider-aws/issues/45216).
_PROVIDER: Final = ">= 6.29.0"

_MIGRATIONS: Final = """\
#
# This module creates the tables of a new environment; `kxmodel migrate --assume-applied` then
# records the migrations as applied. Later changes of keys and indexes are made by migrations, one
# index at a time and after its backfill: ignore_changes leaves them alone.
"""


def emit(tables: Sequence[Table], given: Given) -> Files:
    """``versions.tf``, ``variables.tf``, ``outputs.tf`` and a ``table_<name>.tf`` each.

    Raises ExportError: KX701, and KX703 for what Terraform cannot say.
    """
    tables = sorted(tables, key=lambda table: table.name)
    for table in tables:
        check_names(table)
    names = labels((table.name for table in tables), snake)
    files: Files = {
        path("outputs.tf"): _header() + "\n" + render(_outputs(tables, names)),
        path("variables.tf"): _header() + "\n" + render(_variables()),
        path("versions.tf"): _header() + _MIGRATIONS + "\n" + render(_versions()),
    }
    addresses: set[tuple[str, ...]] = set()
    for table in tables:
        label, capacity = names[table.name], capacity_of(table, given)
        blocks = [
            *table_blocks(table, label, capacity),
            *scaling_blocks(table, label, capacity),
            *alarm_blocks(table, label, capacity),
        ]
        for block in blocks:
            if block.labels in addresses:
                raise ExportError(
                    f"two resources would be called {'.'.join(block.labels)}",
                    code="KX703",
                    fix="Export one of the two tables by itself with --table.",
                )
            addresses.add(block.labels)
        files[path(f"table_{label}.tf")] = _header(table.source) + "\n" + render(blocks)
    return files


def _header(source: str | None = None) -> str:
    return export_header("terraform", source)


def _versions() -> list[Block]:
    provider = Object((("source", "hashicorp/aws"), ("version", _PROVIDER)))
    required = Block("required_providers", (), (("aws", provider),))
    return [Block("terraform", (), (("required_version", ">= 1.3"),), (required,))]


def _variables() -> list[Block]:
    text = Expression("string")
    return [
        Block(
            "variable",
            ("prefix",),
            (
                ("description", "What the tables' names begin with, one for each environment."),
                ("type", text),
                ("default", ""),
            ),
        ),
        Block(
            "variable",
            ("alarm_topic_arn",),
            (
                ("description", "The SNS topic that alarms are sent to; null for none."),
                ("type", text),
                ("default", Expression("null")),
            ),
        ),
        Block(
            "locals",
            (),
            (("alarm_actions", Expression("var.alarm_topic_arn[*]")),),
        ),
    ]


def _outputs(tables: Sequence[Table], names: dict[str, str]) -> list[Block]:
    found = []
    for table in tables:
        label = names[table.name]
        kinds = ["name", "arn"] + (["stream_arn"] if table.settings.stream is not None else [])
        for kind in kinds:
            value = Expression(f"aws_dynamodb_table.{label}.{kind}")
            what = {"name": "Name of the table", "arn": "ARN of the table"}.get(
                kind, "ARN of the table's stream"
            )
            found.append(
                Block(
                    "output",
                    (f"{label}_{kind}",),
                    (("description", f"{what}."), ("value", value)),
                )
            )
    return found
