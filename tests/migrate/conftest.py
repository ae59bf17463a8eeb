from tests.migrate.clocks import many_beats
from tests.migrate.databases import control, database, names, settings

__all__ = ["control", "database", "many_beats", "names", "settings"]
