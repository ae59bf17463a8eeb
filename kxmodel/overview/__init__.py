"""What a project's tables are, and what a key says. Pure: `kxmodel.ir` in, plain values out."""

from kxmodel.overview.explain import Reading, readings
from kxmodel.overview.summary import summary

__all__ = ["Reading", "readings", "summary"]
