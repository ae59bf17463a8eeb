"""The project's configuration: `[tool.kxmodel]` of pyproject.toml, or kxmodel.toml."""

from kxmodel.config.load import find_config, read_config
from kxmodel.config.settings import Config

__all__ = ["Config", "find_config", "read_config"]
