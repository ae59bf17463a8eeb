"""Node, and the tools of npm that ``make test`` installs beside the environment."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from kxmodel.testing.ci import skip_or_fail

MODULES = Path(sys.prefix) / "npm" / "node_modules"

#: Whatever strictness TypeScript has beyond --strict: generated code compiles in any project.
STRICT = (
    *("--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes"),
    *("--noUnusedLocals", "--noUnusedParameters", "--noImplicitReturns"),
    *("--noPropertyAccessFromIndexSignature", "--isolatedModules", "--verbatimModuleSyntax"),
)


def node(*arguments: str, text: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess:
    """Run Node. Skips the test where there is none."""
    program = shutil.which("node")
    if program is None:
        skip_or_fail("Node is not installed")
    return subprocess.run(
        [program, *arguments], input=text, capture_output=True, text=True, cwd=cwd, check=False
    )


def installed(package: str) -> Path:
    """The folder of an npm package. Skips the test where it is not installed."""
    folder = MODULES / package
    if not folder.is_dir():
        skip_or_fail(f"{package} is not installed: `make test` fetches it from npm")
    return folder


def compile_typescript(folder: Path, out: Path, *more: str) -> str:
    """What tsc says of ``index.ts`` in a folder; empty where it has nothing to say.

    The modules come out in `out` as ECMAScript, for Node and browsers.
    """
    tsc = installed("typescript") / "bin" / "tsc"
    target = ("--target", "es2020", "--module", "es2020", "--moduleResolution", "bundler")
    # Neither a browser's types nor Node's: the code needs the language alone.
    library = ("--lib", "es2020", "--typeRoots", str(out / "none"))
    done = node(
        *(str(tsc), *STRICT, *target, *library, "--outDir", str(out), *(more or ("index.ts",))),
        cwd=folder,
    )
    if out.is_dir():
        (out / "package.json").write_text(json.dumps({"type": "module"}))
    return done.stdout + done.stderr
