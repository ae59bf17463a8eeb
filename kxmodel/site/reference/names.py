"""The pages of the public names, which mkdocstrings fills from the source."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from kxmodel.docs import markdown as md

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Part:
    """A page. about: one sentence. modules: whose `__all__` are its names; names: single ones."""

    slug: str
    title: str
    about: str
    modules: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def public(self) -> Iterator[str]:
        """The names in full, each once, in the order of the modules and their `__all__`."""
        found = [
            f"{module}.{name}"
            for module in self.modules
            for name in import_module(module).__all__
            if not name.startswith("__")
        ]
        # A module in __all__ has its names on the page by itself.
        yield from dict.fromkeys(name for name in (*found, *self.names) if name not in self.modules)


PARTS: Final = (
    Part("kxmodel", "kxmodel", "What a program imports first.", ("kxmodel",)),
    Part(
        "runtime",
        "kxmodel.runtime",
        "What generated models are made of: the base class, attributes, indexes, ranges, pages.",
        ("kxmodel.runtime",),
        ("kxmodel.runtime.tools.Tools",),
    ),
    Part(
        "errors",
        "kxmodel.errors",
        "Every error class; [the codes](../../errors.md) say more.",
        ("kxmodel.errors",),
    ),
    Part(
        "migrate",
        "kxmodel.migrate",
        "What migration files say, and how a program runs them.",
        ("kxmodel.migrate", "kxmodel.migrate.operations"),
        (
            "kxmodel.migrate.run.api.migrate",
            "kxmodel.migrate.run.options.Options",
            "kxmodel.migrate.run.events.Outcome",
            "kxmodel.migrate.run.database.connect",
            "kxmodel.migrate.client.ClientSettings",
            "kxmodel.migrate.files.load_folder",
        ),
    ),
    Part(
        "testing",
        "kxmodel.testing",
        "Fixtures, strategies and faults, for tests; [the guide](../../guides/testing.md) shows them.",
        ("kxmodel.testing.faults",),
        (
            "kxmodel.testing.plugin.kxmodel_engine",
            "kxmodel.testing.plugin.kxmodel_endpoint",
            "kxmodel.testing.plugin.kxmodel_bound",
            "kxmodel.testing.strategies.items",
            "kxmodel.testing.strategies.models",
        ),
    ),
    Part(
        "engines",
        "kxmodel.engines",
        "A local DynamoDB, started by a program.",
        ("kxmodel.engines",),
    ),
    Part("ir", "kxmodel.ir", "A table as emitters and pages see it.", ("kxmodel.ir",)),
    Part(
        "emit",
        "kxmodel.emit",
        "What an emitter is made of; [the guide](../../guides/writing-an-emitter.md) writes one.",
        names=(
            "kxmodel.emit.emitter.Emitter",
            "kxmodel.emit.emitter.Setting",
            "kxmodel.emit.files.Files",
            "kxmodel.emit.files.path",
            "kxmodel.dialect.read_folder",
        ),
    ),
)


def page(part: Part) -> str:
    """The page of a part; ``:::`` stands for what mkdocstrings puts there."""
    return md.page(
        md.heading(1, md.code(part.title)), part.about, *(f"::: {name}" for name in part.public())
    )


def index() -> str:
    """The page that lists the parts."""
    rows = [(md.link(md.code(part.title), f"{part.slug}.md"), part.about) for part in PARTS]
    about = (
        "What stands on these pages is public: it changes with a note in the changelog. The generated "
        "models' own methods are on the pages of the tables."
    )
    return md.page(
        md.heading(1, "Python names"), about, md.table(("module", "what it is for"), rows)
    )
