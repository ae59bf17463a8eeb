"""Versioned migrations: ``from kxmodel.migrate import Migration, operations as op``."""

from kxmodel.migrate import operations
from kxmodel.migrate.migration import Migration

__all__ = ["Migration", "operations"]
