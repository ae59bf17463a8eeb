"""``kxmodel plan``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kxmodel.cli.amount import Amount
from kxmodel.cli.database import Chosen, database_options, open_folder
from kxmodel.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.migrate.cost import Cost
    from kxmodel.migrate.plan import Plan

EPILOG = """\b
Examples:
  kxmodel plan
  kxmodel plan 0003 --max-wcu 500
  kxmodel plan -1 --format json
"""


@click.command("plan", epilog=EPILOG, context_settings={"ignore_unknown_options": True})
@click.argument("target", required=False)
@database_options
@click.option("--max-wcu", type=Amount(min=0, min_open=True), help="As for migrate.")
@click.option("--max-rcu", type=Amount(min=0, min_open=True), help="As for migrate.")
@click.option("--remove-values", is_flag=True, help="As for migrate.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@pass_session
def command(
    session: Session,
    target: str | None,
    chosen: Chosen,
    max_wcu: float | None,
    max_rcu: float | None,
    remove_values: bool,
    form: str,
) -> None:
    """Say what `migrate` would do: in words, with items, capacity units, money and time.

    Reads the history and the tables' descriptions. Sends no write.
    """
    from kxmodel.cli.console import visible
    from kxmodel.errors import UsageError
    from kxmodel.migrate.cost import Prices, Rates
    from kxmodel.migrate.plan import make_plan

    if target is not None and target.startswith("--"):
        raise UsageError(f"there is no option {target}", fix="See `kxmodel plan --help`.")
    database = chosen.open(session)
    write, read = (session.config.price_per_million_write, session.config.price_per_million_read)
    usual = Prices()
    prices = Prices(usual.write if write is None else write, usual.read if read is None else read)
    plan = make_plan(
        open_folder(session),
        database,
        target,
        rates=Rates(max_wcu, max_rcu, prices),
        remove_values=remove_values,
    )
    if form == "json":
        from dataclasses import asdict

        told = {**asdict(plan), "cost": asdict(plan.cost)}
        click.echo(json.dumps(told, indent=2))
        return
    for line in lines(plan):
        click.echo(visible(line))


def lines(plan: Plan) -> Iterator[str]:
    """The plan in words."""
    if not plan.steps:
        yield "Nothing to do: the database is there already."
        return
    for step in plan.steps:
        verb = "Apply" if step.direction == "up" else "Undo"
        begun = (
            f", of which {step.done} of {step.total} operations are in effect"
            if (step.direction == "up" and step.done)
            else ""
        )
        yield f"{verb} {step.revision}{begun}"
        if step.description:
            yield f"  {step.description.splitlines()[0]}"
        for move in step.moves:
            yield f"  {move.number}. {move.sentence}"
            if move.destroys:
                yield f"     LOSES {move.destroys}"
            if move.waits:
                yield "     The run stops here until --confirm."
            if move.cost is not None and move.cost.items:
                yield f"     {in_words(move.cost)}"
        if step.direction == "up" and not step.reversible:
            yield "  This cannot be undone."
        yield ""
    for each in plan.around:
        yield from each.lines()
    for refusal in plan.refusals:
        yield f"Refused without a flag: {refusal}"
    if plan.cost.items:
        yield f"Together: {in_words(plan.cost)}"
        yield from (f"  assuming that {each}" for each in plan.assumptions)


def in_words(cost: Cost) -> str:
    """A cost in numbers a person can compare."""
    moved = f"at most {cost.transactions:,} transactions, " if cost.transactions else ""
    return (
        f"about {cost.items:,} items, {moved}{cost.rcu:,.0f} read and {cost.wcu:,.0f} write capacity "
        f"units, ${cost.dollars:,.2f}, {duration(cost.seconds)}"
    )


def duration(seconds: float) -> str:
    """A time in the unit that fits it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:,.1f} h"
