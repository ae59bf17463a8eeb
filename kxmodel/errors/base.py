"""The error classes. Nothing here imports anything of the package but, for an error, the codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.errors.location import Location

#: Where a code's page lives on the documentation site, relative to its root.
HELP_PAGE = "errors.md"

#: A value shown in a message is cut to this many characters.
SHOWN_VALUE = 60


def shorten(value: object, width: int = SHOWN_VALUE) -> str:
    """``repr(value)`` cut to at most `width` characters, for messages."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        # An integer of over 4,300 digits, or lists in lists without end.
        text = f"<{type(value).__name__}>"
    return text if len(text) <= width else text[: width - 1] + "…"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an item.

    path: the stored names from the item's root, e.g. ``("contactInfo", "phone")``.
    value: the offending value in the JSON projection of the item, or None where it is absent.
    rule: the keyword or rule that was broken, e.g. ``"enum"``, ``"format"``, ``"size"``.
    message: one sentence.
    """

    path: tuple[str | int, ...]
    value: object
    rule: str
    message: str
    code: str = "KX401"

    @property
    def pointer(self) -> str:
        """The path in dotted form, e.g. ``contactInfo.notes[1]``; ``(item)`` for the root."""
        text = ""
        for part in self.path:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
        return text or "(item)"

    def __str__(self) -> str:
        shown = "" if self.value is None else f" (got {shorten(self.value)})"
        return f"{self.pointer}: {self.message}{shown} [{self.rule}]"


class KxError(Exception):
    """Base of every error that kxmodel raises.

    code: ``KX`` and three digits, a row of `kxmodel.errors.CODES`.
    message: what is wrong. where: the place, if known. fix: the next step, if known.
    """

    default_code: ClassVar[str] = "KX001"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        where: Location | str | None = None,
        fix: str | None = None,
    ) -> None:
        # Every program imports the classes, and few raise one: the table waits until then.
        from kxmodel.errors.codes import CODES

        self.code = code or self.default_code
        if self.code not in CODES:
            raise AssertionError(f"{self.code} is not in the table of codes")
        self.message = message
        self.where = where
        self.fix = fix if fix is not None else CODES[self.code].fix
        super().__init__(str(self))
        # Shown below the message by tracebacks and logs: the way to the code's page.
        self.add_note(f"help: kxmodel explain {self.code}")

    def __reduce__(self) -> tuple[object, ...]:
        # Exception's own way calls the constructor with `args`, which lacks the keyword arguments;
        # a worker process that cannot hand its error back breaks the whole pool.
        return _revive, (self._pickled_as(), self.args), self.__dict__

    def _pickled_as(self) -> type[KxError]:
        """The class that another process knows this error by."""
        return type(self)

    @property
    def help_anchor(self) -> str:
        """The page and anchor of this error's code on the documentation site."""
        return f"{HELP_PAGE}#{self.code.lower()}"

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        fix = f"\n  fix: {self.fix}" if self.fix else ""
        return f"{place}{self.code} {self.message}{fix}"


def _revive(kind: type[KxError], args: tuple[object, ...]) -> KxError:
    return kind.__new__(kind, *args)


class UsageError(KxError):
    """A flag, an argument or a call cannot mean anything. Exit code 2 on the command line."""

    default_code = "KX002"


class ConfigError(UsageError):
    """The project's configuration cannot be used."""

    default_code = "KX010"


class SchemaError(KxError):
    """A schema file cannot be read as a table in the dialect."""

    default_code = "KX101"


class TemplateError(KxError):
    """A key template is not well formed. `offset` is the 0-based index of the character at fault."""

    default_code = "KX301"

    def __init__(
        self,
        message: str,
        *,
        template: str,
        offset: int = 0,
        code: str | None = None,
        where: Location | str | None = None,
        fix: str | None = None,
    ) -> None:
        self.template = template
        self.offset = offset
        super().__init__(message, code=code, where=where, fix=fix)


class ValueRefused(KxError, ValueError):
    """A value of the field (ULID, phone, e-mail, timestamp, number) cannot be accepted."""

    default_code = "KX310"


class KeyBuildError(KxError, ValueError):
    """A key cannot be built from the values given.

    attribute: the source attribute at fault (dotted stored path), or the key attribute itself.
    """

    default_code = "KX320"

    def __init__(
        self,
        message: str,
        *,
        attribute: str,
        value: object = None,
        code: str | None = None,
        where: Location | str | None = None,
        fix: str | None = None,
    ) -> None:
        self.attribute = attribute
        self.value = value
        super().__init__(message, code=code, where=where, fix=fix)


class ItemError(KxError):
    """Something about one item."""

    default_code = "KX400"


class ValidationFailed(ItemError, ValueError):
    """A write brings one or more problems; nothing was sent. `problems` holds all of them."""

    default_code = "KX401"

    def __init__(
        self,
        problems: Sequence[Problem],
        *,
        entity: str,
        where: Location | str | None = None,
        fix: str | None = None,
    ) -> None:
        self.problems = tuple(problems)
        self.entity = entity
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        lines = "".join(f"\n  - {problem}" for problem in self.problems)
        codes = {problem.code for problem in self.problems}
        super().__init__(
            f"{entity} was not written: {count}{lines}",
            code=codes.pop() if len(codes) == 1 else None,
            where=where,
            fix=fix,
        )


class ItemTooLarge(ValidationFailed):
    """The item is over 400 KB, or a key over its limit; nothing was sent."""

    default_code = "KX402"


class ImmutableError(ValidationFailed):
    """A source of the primary key, or an attribute declared immutable, would change."""

    default_code = "KX403"


class PartialItemError(ItemError):
    """The object was read through a projection; saving it would erase what was not read."""

    default_code = "KX404"


class ItemNotFound(ItemError):
    """The item to update does not exist."""

    default_code = "KX405"


class NotUniqueError(ItemError):
    """A pattern that finds one found several."""

    default_code = "KX406"


class StaleItemError(ItemError):
    """The item changed under an update more often than the update may retry."""

    default_code = "KX407"


class CursorError(KxError, ValueError):
    """A cursor is damaged, or belongs to another query."""

    default_code = "KX420"


class BindError(KxError):
    """`kxmodel.bind` cannot do what it was asked."""

    default_code = "KX430"


class EngineError(KxError):
    """A local DynamoDB cannot be found, started or installed."""

    default_code = "KX501"
