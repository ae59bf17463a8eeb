"""What a user may say about the policies, and the ARNs that follow from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kxmodel.emit.emitter import Setting
from kxmodel.errors import ExportError

if TYPE_CHECKING:
    from kxmodel.emit.emitter import Given

ROLES: Final = ("reader", "writer", "migrator", "tenant-reader", "tenant-writer")

#: The names that `kxmodel migrate` gives its own two tables unless told otherwise.
HISTORY: Final = "kxmodel_migrations"
LEDGER: Final = "kxmodel_ledger"

SETTINGS: Final = (
    Setting("role", "this policy alone", "all", ("all", *ROLES)),
    Setting("prefix", "what the tables' names begin with"),
    Setting("partition", "the AWS partition", "aws", ("aws", "aws-cn", "aws-us-gov")),
    Setting("region", "the region of the tables", "*"),
    Setting("account", "the account of the tables, 12 digits", "*"),
    Setting("tag", "the tag of a principal that names its tenant", "tenant"),
    Setting(
        "public",
        "shared indexes that tenants may read: TABLE/INDEX,... or none; flagged: those whose items "
        "enter by a flag",
        "flagged",
    ),
    Setting("history", "the table of the migrations' history", HISTORY),
    Setting("ledger", "the table of the backfills' work units", LEDGER),
)

#: Which texts the settings take. A tag's key is held to what needs no escape in a policy variable.
_FORMS: Final = {
    "prefix": (r"[a-zA-Z0-9_.-]{0,252}", "letters, digits, _ . and - of ASCII"),
    "region": (r"\*|[a-z]{2}(-[a-z]+)+-\d", "a region such as eu-central-1, or *"),
    "account": (r"\*|\d{12}", "12 digits, or *"),
    "tag": (r"[a-zA-Z0-9_.:/=+@-]{1,128}", "the key of a tag: letters, digits and _ . : / = + @ -"),
    "history": (r"[a-zA-Z0-9_.-]{1,255}", "the name of a table"),
    "ledger": (r"[a-zA-Z0-9_.-]{1,255}", "the name of a table"),
}


@dataclass(frozen=True)
class Place:
    """Where the tables are, and how a principal is known to be of a tenant."""

    prefix: str
    partition: str
    region: str
    account: str
    tag: str

    def table(self, name: str) -> str:
        """The ARN of a table by its declared name."""
        return self.arn("dynamodb", f"table/{self.prefix}{name}")

    def index(self, table: str, index: str) -> str:
        """The ARN of an index; ``*``: of all."""
        return f"{self.table(table)}/index/{index}"

    def global_table(self, name: str) -> str:
        """The ARN of a global table, which is in no region."""
        return f"arn:{self.partition}:dynamodb::{self.account}:global-table/{self.prefix}{name}"

    def arn(self, service: str, resource: str) -> str:
        """The ARN of anything in the tables' region and account."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"

    @property
    def tag_key(self) -> str:
        """The condition key of the tag."""
        return f"aws:PrincipalTag/{self.tag}"

    @property
    def tenant(self) -> str:
        """The variable that stands for the principal's tenant."""
        return f"${{{self.tag_key}}}"


def place_of(given: Given) -> Place:
    """Where the tables are. Raises ExportError KX701 for a setting that does not fit."""
    for name, (form, meaning) in _FORMS.items():
        if not re.fullmatch(form, given[name]):
            raise ExportError(
                f"{name} of iam cannot be {given[name]!r}", code="KX701", fix=f"Give {meaning}."
            )
    return Place(*(given[n] for n in ("prefix", "partition", "region", "account", "tag")))
