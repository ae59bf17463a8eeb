"""``kxmodel rate``."""

from __future__ import annotations

import click

from kxmodel.cli.amount import Amount
from kxmodel.cli.database import Chosen, database_options
from kxmodel.cli.session import Session, pass_session

EPILOG = """\b
Examples:
  kxmodel rate 500                 at most 500 write capacity units a second
  kxmodel rate --reads 2000        at most 2,000 read capacity units a second
  kxmodel rate 0                   as much as DynamoDB gives
"""


@click.command("rate", epilog=EPILOG)
@click.argument("writes", required=False, type=Amount(min=0))
@click.option("--reads", type=Amount(min=0), help="Read capacity units a second.")
@database_options
@pass_session
def command(
    session: Session,
    writes: float | None,
    reads: float | None,
    chosen: Chosen,
) -> None:
    """Change the rate of the run that is under way: WRITES capacity units a second.

    The run sees it within seconds. The next run begins with its own rates again.
    """
    from kxmodel.migrate.run.remote import set_rate

    database = chosen.open(session)
    set_rate(database, max_wcu=writes, max_rcu=reads)
    click.echo("Set.", err=True)
