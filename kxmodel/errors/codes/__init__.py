"""The one table of codes: what each means, why it comes, what to do."""

from kxmodel.errors.codes.adopt import ADOPT
from kxmodel.errors.codes.backfill import BACKFILL
from kxmodel.errors.codes.code import Code
from kxmodel.errors.codes.docs import DOCS
from kxmodel.errors.codes.engine import ENGINE
from kxmodel.errors.codes.export import EXPORT
from kxmodel.errors.codes.keys import KEYS
from kxmodel.errors.codes.lint import LINT
from kxmodel.errors.codes.migrate import MIGRATE
from kxmodel.errors.codes.report import REPORT
from kxmodel.errors.codes.running import RUNNING
from kxmodel.errors.codes.schema import SCHEMA
from kxmodel.errors.codes.usage import USAGE
from kxmodel.errors.codes.write import WRITE

#: Every code, in the order of their numbers.
CODES: dict[str, Code] = {
    row.code: row
    for row in (
        *USAGE,
        *SCHEMA,
        *LINT,
        *KEYS,
        *WRITE,
        *ENGINE,
        *MIGRATE,
        *BACKFILL,
        *RUNNING,
        *REPORT,
        *EXPORT,
        *ADOPT,
        *DOCS,
    )
}

__all__ = ["CODES", "Code"]
