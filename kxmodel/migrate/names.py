"""What the tables are called where they are: the declared names behind one prefix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kxmodel.errors import UsageError

#: "Naming rules", of tables and of indexes: 3 to 255 of these characters
#: (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html).
NAME: Final = re.compile(r"[a-zA-Z0-9_.-]{3,255}")

HISTORY: Final = "kxmodel_migrations"
LEDGER: Final = "kxmodel_ledger"


@dataclass(frozen=True)
class Names:
    """One environment's tables. history, ledger: the declared names of the two that are ours."""

    prefix: str = ""
    history: str = HISTORY
    ledger: str = LEDGER

    def table(self, name: str) -> str:
        """The name behind the prefix. Raises UsageError KX002 where DynamoDB would refuse it."""
        full = self.prefix + name
        if not NAME.fullmatch(full):
            raise UsageError(
                f"{full!r} cannot be the name of a table",
                fix="Use 3 to 255 letters and digits of ASCII, and _ . - in prefix and name together.",
            )
        return full

    @property
    def history_table(self) -> str:
        """The table of history and lease."""
        return self.table(self.history)

    @property
    def ledger_table(self) -> str:
        """The table of the backfills' work units."""
        return self.table(self.ledger)
