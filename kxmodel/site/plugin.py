"""The MkDocs plugin: the generated pages beside the hand-written ones, in anybody's site.

    plugins:
      - search
      - kxmodel

Every page is a generated file of MkDocs (https://www.mkdocs.org/dev-guide/api/): nothing is written
into the user's folders. A hand-written page wins; what would be the first page then heads the tables.
In `nav`, the entry ``kxmodel:SECTION`` stands for the pages of a section: tables, patterns, migrations
or playground.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path, PurePosixPath
from posixpath import relpath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mkdocs.config import config_options
from mkdocs.config.base import Config as PluginConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File

from kxmodel.config import find_config
from kxmodel.docs import addresses as at
from kxmodel.docs import llms
from kxmodel.docs.contents import contents
from kxmodel.docs.markdown import text as words
from kxmodel.docs.origins import Origins
from kxmodel.docs.pages.assets import SCRIPT, STYLES
from kxmodel.docs.plain import plain
from kxmodel.docs.site import pages
from kxmodel.errors import KxError
from kxmodel.site.inline import inlined
from kxmodel.site.later import put_back, set_aside
from kxmodel.site.navigation import filled
from kxmodel.site.pagelinks import with_alternate, with_source, with_ways_on
from kxmodel.site.reading import read_project

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

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
        """Read by MkDocs once a build; adds the extensions, the stylesheets and the script."""
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self._project_folder = root / self.config.project
        for name in EXTENSIONS:
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
        config.mdx_configs.setdefault("pymdownx.tabbed", {})["alternate_style"] = True
        config.extra_css += [(at.ASSETS / name).as_posix() for name in STYLES]
        config.extra_javascript.append((at.ASSETS / SCRIPT).as_posix())
        self._sources: list[llms.Entry] = []
        self._aside: dict[str, list[str]] = {}
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the pages; a hand-written page at the same address wins."""
        taken = {file.dest_uri for file in files}
        start = at.TABLES if "index.html" in taken else at.START
        try:
            settings = find_config(self._project_folder)
            read = read_project(settings, config.site_name, config.site_description or "")
            project = replace(read, start=start)
            made = pages(project)
            config.nav = filled(config.nav, contents(project, made), "mkdocs.yml")
        except KxError as error:
            raise PluginError(str(error)) from error
        self._watched = [settings.schemas, settings.migrations, settings.source]
        folder = os.path.relpath(settings.root, config.docs_dir).replace(os.sep, "/")
        migrations = relpath(settings.migrations.as_posix(), settings.root.as_posix())
        origins = Origins(project, migrations)
        self._pictures = {path: text for path, text in made.items() if path.suffix == ".svg"}
        for path, text in made.items():
            file = File.generated(config, path.as_posix(), content=text)
            if file.dest_uri not in taken:
                origin = origins.of(path)
                file.edit_uri = None if origin is None else f"{folder}/{origin}"
                files.append(file)
        matrix = files.get_file_from_path(at.PATTERNS.as_posix())
        self._patterns = None if matrix is None else matrix.url
        return files

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Keeps the text of a page, to publish it for reading as it is."""
        del config, files
        self._sources.append(llms.entry(PurePosixPath(page.file.src_uri), plain(markdown)))
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Puts pictures into a page, and ends it with a link to its Markdown."""
        del config, files
        if page.file.generated_by is not None:
            # Escaped, as themes put it into the page. Where it is not set, Material takes the tags
            # out of it, and the escapes with them.
            page.meta.setdefault("title", page.title)
        whole = with_source(inlined(html, page.url, self._pictures), page)
        if page.file.generated_by is None:
            return whole
        content, self._aside[page.url] = set_aside(whole)
        return content

    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Completes a page after search, which reads it on the same event, has read it."""
        del config, nav
        page.content = put_back(page.content or "", self._aside.pop(page.url, ()))
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Names the Markdown in the page's head."""
        del config
        return with_alternate(output, page)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Says where to go on from a page that there is not."""
        if template_name != "404.html":
            return output_content
        return with_ways_on(output_content, urlsplit(config.site_url or "/").path, self._patterns)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes each page's Markdown beside it, and the two files for language models."""
        site = Path(config.site_dir)
        texts = {each.path: each.text for each in self._sources}
        name, summary = words(config.site_name), words(config.site_description or "")
        texts[PurePosixPath(llms.INDEX)] = llms.index(name, summary, self._sources)
        texts[PurePosixPath(llms.FULL)] = llms.full(self._sources)
        for path, text in texts.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, "utf-8")

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Builds anew when a schema or a migration changes."""
        del config, builder
        for path in self._watched:
            if path.exists():
                server.watch(str(path))
        return server
