"""One row of the table of codes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """One row: `title` names the error, `cause` says why it comes, `fix` what to do next."""

    code: str
    title: str
    cause: str
    fix: str
