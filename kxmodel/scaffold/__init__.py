"""What `kxmodel init` puts into another project: settings, a schema, a runnable example."""

from kxmodel.scaffold.plan import Scaffold, plan_scaffold
from kxmodel.scaffold.write import write_scaffold

__all__ = ["Scaffold", "plan_scaffold", "write_scaffold"]
