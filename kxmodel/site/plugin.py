"""The MkDocs plugin: the generated pages beside the hand-written ones, in anybody's site.

    plugins:
      - search
      - kxmodel

Every page is a generated file of MkDocs (https://www.mkdocs.org/dev-guide/api/): nothing is written
into the user's folders. In `nav`, the entry ``kxmodel:SECTION`` stands for the pages of a section.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options
from mkdocs.config.base import Config as PluginConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File

from kxmodel.config import find_config
from kxmodel.docs.site import pages
from kxmodel.errors import KxError
from kxmodel.site.reading import read_project

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files

#: The extensions of Markdown that the pages are written in.
EXTENSIONS = (
    "admonition",
    "attr_list",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tabbed",
)


class Options(PluginConfig):
    """project: the folder of the project, relative to mkdocs.yml."""

    project = config_options.Type(str, default=".")


class KxModelPlugin(BasePlugin[Options]):
    """Adds the pages of the project's tables."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read by MkDocs once a build; adds the extensions that the pages need."""
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self._project_folder = root / self.config.project
        for name in EXTENSIONS:
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
        config.mdx_configs.setdefault("pymdownx.tabbed", {})["alternate_style"] = True
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the pages; a hand-written page of the same name wins."""
        try:
            settings = find_config(self._project_folder)
            project = read_project(settings, config.site_name)
            made = pages(project)
        except KxError as error:
            raise PluginError(str(error)) from error
        self._watched = [settings.schemas, settings.migrations, settings.source]
        for path, text in made.items():
            if files.get_file_from_path(path.as_posix()) is None:
                files.append(File.generated(config, path.as_posix(), content=text))
        return files

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Builds anew when a schema or a migration changes."""
        del config, builder
        for path in self._watched:
            if path.exists():
                server.watch(str(path))
        return server
