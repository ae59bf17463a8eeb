"""Lines no longer than people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.emit.text import WIDTH

if TYPE_CHECKING:
    from kxmodel.emit.typescript.scope import Scope


def signature(scope: Scope, name: str, item: str, result: str) -> list[str]:
    """The head of an exported function of one item."""
    given, made = f"item{scope.annotation(item)}", scope.annotation(result)
    line = f"export function {name}({given}){made} {{"
    if len(line) <= WIDTH:
        return [line]
    return [f"export function {name}(", f"  {given},", f"){made} {{"]


def braced(head: str, members: list[str], end: str, separator: str = ";") -> list[str]:
    """Members in braces after `head`; one a line where one line is too long."""
    inside = f"{separator} ".join(members)
    line = f"{head}{{ {inside} }}{end}" if members else f"{head}{{}}{end}"
    if len(line) <= WIDTH:
        return [line]
    pad = " " * (len(head) - len(head.lstrip()))
    return [f"{head}{{", *(f"{pad}  {one}{separator}" for one in members), f"{pad}}}{end}"]
