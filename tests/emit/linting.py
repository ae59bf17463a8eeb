"""cfn-lint, its rules loaded once."""

from __future__ import annotations

from functools import cache

from cfnlint.config import ConfigMixIn
from cfnlint.core import get_rules
from cfnlint.decode.decode import decode_str
from cfnlint.rules import RulesCollection
from cfnlint.runner import run_template_by_data


def faults(template: str) -> list[str]:
    """The errors and warnings that cfn-lint finds; its information asks for metadata of its own."""
    decoded, unreadable = decode_str(template)
    found = unreadable or run_template_by_data(
        decoded, ConfigMixIn(regions=["us-east-1"]), _rules()
    )
    return [f"{match.rule.id} {match.message}" for match in found]


@cache
def _rules() -> RulesCollection:
    return get_rules([], [], [], include_experimental=True)
