"""Names of generated TypeScript: identifiers that are free, property names, module names."""

from __future__ import annotations

import re
from typing import Final

from kxmodel.dialect import module_name, snake_case
from kxmodel.emit.typescript.quote import quote

_IDENTIFIER: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_WORD: Final = re.compile(r"[A-Za-z0-9]+")

#: ECMAScript's reserved words, in modules (https://tc39.es/ecma262/#prod-ReservedWord), the names
#: that TypeScript keeps for types, and those that every module here has itself.
_WORDS: Final = """
arguments any as async await bigint boolean break case catch class const constructor continue
debugger declare default delete do else enum eval export extends false finally for from function get
if implements import in instanceof interface is keyof let module namespace never new null number
object of package private protected public readonly require return set static string super switch
symbol this throw true try type typeof undefined unique unknown var void while with yield
explain given item key known kx options table
"""
RESERVED: Final = frozenset(_WORD.findall(_WORDS))


class Names:
    """The names of one module, each taken once."""

    def __init__(self) -> None:
        self._taken: set[str] = set(RESERVED)

    def take(self, wanted: str) -> str:
        """`wanted`, or with a number where it is taken or reserved."""
        base = wanted if _IDENTIFIER.fullmatch(wanted) else f"_{'_'.join(_WORD.findall(wanted))}"
        name, number = base, 2
        while name in self._taken:
            name, number = f"{base}{number}", number + 1
        self._taken.add(name)
        return name


def pascal(text: str) -> str:
    """``by_size`` and ``by-size`` -> ``BySize``; capitals stay."""
    return "".join(word[0].upper() + word[1:] for word in _WORD.findall(text))


def camel(*texts: str) -> str:
    """``query``, ``Order``, ``open_in`` -> ``queryOrderOpenIn``."""
    joined = "".join(map(pascal, texts))
    return joined[:1].lower() + joined[1:]


def constant(*texts: str) -> str:
    """``Order``, ``GSI1``, ``PK`` -> ``ORDER_GSI1_PK``."""
    return "_".join("_".join(_WORD.findall(snake_case(text))) for text in texts).upper()


def member(name: str) -> str:
    """A property's name in a type or an object: quoted where it is no identifier.

    ``__proto__`` would set an object's prototype, quoted too; computed, it is a property.
    """
    if name == "__proto__":
        return '["__proto__"]'
    return name if _IDENTIFIER.fullmatch(name) else quote(name)


def modules(tables: list[str]) -> dict[str, str]:
    """Each table's module: ``kxgen.messages-v2`` -> ``kxgen_messages_v2``, free and no ``index``."""
    names = Names()
    names.take("index")
    names.take("runtime")
    return {table: names.take(module_name(table)) for table in tables}
