"""Updates with the keys followed through: what a request changes, and what must change with it."""

from kxmodel.runtime.update.foresee import foresee
from kxmodel.runtime.update.plan import UpdatePlan, all_of, plan_update
from kxmodel.runtime.update.run import run_update

__all__ = ["UpdatePlan", "all_of", "foresee", "plan_update", "run_update"]
