from tests.migrate.databases import control, database, names, settings

__all__ = ["control", "database", "names", "settings"]
