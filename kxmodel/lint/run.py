"""Every rule over every table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.lint.rules import (
    answers,
    examplekeys,
    identity,
    names,
    order,
    projection,
    quotas,
    sources,
    tenancy,
    texts,
    unused,
    validity,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.ir import Table
    from kxmodel.lint.finding import Finding, Severity
    from kxmodel.lint.rule import Rule

#: The rules, in the order of their codes.
RULES: Final[tuple[Rule, ...]] = (
    answers.unanswerable,
    answers.compared,
    answers.never_returned,
    answers.returned_by_chance,
    order.no_order,
    order.coarse_order,
    projection.not_projected,
    projection.reads_unprojected,
    answers.never_finds,
    order.not_unique,
    sources.unknown_path,
    sources.unfit_source,
    sources.optional_primary,
    sources.optional_sort,
    sources.derived_of_derived,
    texts.unpadded_number,
    texts.narrow_padding,
    texts.delimiter_possible,
    sources.moving_primary,
    identity.one_key_for_two,
    identity.mistaken_for_another,
    identity.unrecognised,
    identity.one_item_only,
    tenancy.tenant_missing,
    tenancy.tenant_not_first,
    tenancy.tenant_not_compared,
    tenancy.shared_partitions,
    tenancy.shared_by_all,
    tenancy.without_tenant,
    names.hidden_member,
    unused.index_never_filled,
    unused.index_never_read,
    unused.entity_in_no_pattern,
    unused.same_question,
    unused.condition_never_holds,
    validity.pattern_not_portable,
    validity.schema_not_usable,
    validity.invalid_example,
    examplekeys.wrong_example_key,
    examplekeys.example_time_disagrees,
    quotas.over_a_limit,
    quotas.over_default_quota,
    projection.unknown_projected,
)


def lint_tables(tables: Sequence[Table], *, only: Severity | None = None) -> tuple[Finding, ...]:
    """What all rules find, sorted by file, line, column and code.

    What several tables share, as a type in a library file, is told once: for the first of them.
    only: what the rules of other severities would find is not looked for.
    """
    rules = [rule for rule in RULES if only in (None, rule.severity)]
    found: dict[tuple[str, int, int, str, str], Finding] = {}
    for table in tables:
        for rule in rules:
            for finding in rule(table):
                found.setdefault(finding.place, finding)
    return tuple(found[place] for place in sorted(found))
