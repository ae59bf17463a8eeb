"""cfn-lint, loaded once with its rules, where it is needed: that takes a second."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cfnlint.rules import RulesCollection


def faults(template: str) -> list[str]:
    """The errors and warnings that cfn-lint finds; its information asks for metadata of its own."""
    from cfnlint.config import ConfigMixIn
    from cfnlint.decode.decode import decode_str
    from cfnlint.runner import run_template_by_data

    decoded, unreadable = decode_str(template)
    found = unreadable or run_template_by_data(
        decoded, ConfigMixIn(regions=["us-east-1"]), _rules()
    )
    return [f"{match.rule.id} {match.message}" for match in found]


@cache
def _rules() -> RulesCollection:
    from cfnlint.core import get_rules

    return get_rules([], [], [], include_experimental=True)
