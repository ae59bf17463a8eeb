"""The agreement between generated files and this runtime."""

from __future__ import annotations

from kxmodel.errors import ConfigError

#: The codegen number that this runtime speaks.
CODEGEN = 1


def codegen(number: int) -> None:
    """Called first by every generated module. Raises ConfigError where the numbers differ."""
    if number != CODEGEN:
        raise ConfigError(
            f"a generated model speaks codegen {number}, the installed kxmodel speaks {CODEGEN}",
            code="KX011",
        )
