"""Items against the schema: entity, values, keys, sizes. Pure."""

from kxmodel.report.judging.judge import Judge, Judged

__all__ = ["Judge", "Judged"]
