"""Running snippets, in processes that know no other DynamoDB and nobody's credentials."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from kxmodel.errors import DocsError
from kxmodel.values.jsontext import json_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kxmodel.docs.asking import Asked
    from kxmodel.site.recording.wiretap import Wiretap

#: Seconds for all snippets of one language.
_PATIENCE: Final = 300
_RUN_MODULES: Final = """\
const [endpoint, count] = process.argv.slice(2);
console.log = () => {};
for (let number = 0; number < Number(count); number += 1) {
  await fetch(`${endpoint}/${number}`);
  await import(`./snippet${number}.mjs`);
}
"""
_ERROR: Final = re.compile(r"[\w.]*(?:Error|Exception)\b.*: ")
_SDK: Final = ("@aws-sdk/client-dynamodb", "@aws-sdk/lib-dynamodb")


@dataclass(frozen=True)
class Place:
    """Where tools are. root: what Python programs of the project import from.

    modules: of Node, where the project has not its own. cli: the packages of an AWS CLI that stands
    apart from all others; where there is none, the one of PATH is taken.
    """

    root: Path
    modules: Path = Path(sys.prefix) / "npm" / "node_modules"
    cli: Path = Path(sys.prefix) / "awscli"

    def environment(self, endpoint: str) -> dict[str, str]:
        """The variables of a process: the caller's, but those of AWS are ours."""
        kept = {name: v for name, v in os.environ.items() if not name.startswith("AWS_")}
        return {
            **kept,
            "AWS_ENDPOINT_URL_DYNAMODB": endpoint,
            "AWS_ACCESS_KEY_ID": "kxmodel",
            "AWS_SECRET_ACCESS_KEY": "kxmodel",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
        }


@dataclass(frozen=True)
class Runner:
    """A language.

    run: runs the snippets in order; what each found as plain JSON of objects, where the language has
    them. Raises DocsError KX722. missing: what it needs and is not there, in words; None: all is there.
    takes: whether what is here can send this question.
    """

    run: Callable[[Sequence[str], Wiretap, Place], Sequence[object]]
    missing: Callable[[Place], str | None]
    takes: Callable[[Asked, Place], bool] = lambda _, __: True


def _python(snippets: Sequence[str], tap: Wiretap, place: Place) -> Sequence[object]:
    done = _process(
        [sys.executable, "-m", "kxmodel.site.recording.child"],
        place.environment(tap.url),
        place.root,
        "Python",
        json.dumps(snippets),
    )
    return cast("list[object]", json_value(done))


def _node(snippets: Sequence[str], tap: Wiretap, place: Place) -> Sequence[object]:
    with tempfile.TemporaryDirectory(prefix="kxmodel-") as name:
        folder = Path(name)
        (folder / "node_modules").symlink_to(_modules(place) or place.modules)
        (folder / "run.mjs").write_text(_RUN_MODULES, "utf-8")
        for number, snippet in enumerate(snippets):
            (folder / f"snippet{number}.mjs").write_text(snippet, "utf-8")
        command = ["node", "run.mjs", tap.url, str(len(snippets))]
        _process(command, place.environment(tap.url), folder, "TypeScript")
    return [None] * len(snippets)


def _awscli(snippets: Sequence[str], tap: Wiretap, place: Place) -> Sequence[object]:
    environment = _with_cli(place, tap.url)
    for number, snippet in enumerate(snippets):
        tap.begin(number)
        _process(["sh", "-c", snippet], environment, place.root, "AWS CLI")
    return [None] * len(snippets)


def _with_cli(place: Place, endpoint: str) -> dict[str, str]:
    environment = place.environment(endpoint)
    if (place.cli / "bin" / "aws").is_file():
        environment["PATH"] = f"{place.cli / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
        environment["PYTHONPATH"] = str(place.cli)
    return environment


def _cli_takes(asked: Asked, place: Place) -> bool:
    """Version 1 of the AWS CLI takes the base64 text of binary for the bytes themselves
    (https://docs.aws.amazon.com/cli/latest/userguide/cliv2-migration-changes.html)."""
    values = asked.request["ExpressionAttributeValues"].values()
    return not any("B" in value for value in values) or not _is_first_cli(place)


@cache
def _is_first_cli(place: Place) -> bool:
    said = _process(["aws", "--version"], _with_cli(place, ""), place.root, "AWS CLI")
    return said.startswith("aws-cli/1.")


def _process(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    language: str,
    given: str = "",
) -> str:
    """What a process printed. Raises DocsError KX722 with the last that it said."""
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=dict(environment),
            cwd=folder,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocsError(
            f"a snippet in {language} did not end in {_PATIENCE} seconds", code="KX722"
        ) from None
    if done.returncode != 0:
        said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        # Node ends with its version, and says what was wrong above it.
        errors = [line for line in said if _ERROR.match(line)]
        words = (errors or said or ["it said nothing"])[-1]
        raise DocsError(f"a snippet in {language} failed: {words}", code="KX722")
    return done.stdout


def _modules(place: Place) -> Path | None:
    """The folder of Node's modules that has the SDK: the project's, or the one beside our Python."""
    for folder in (place.root / "node_modules", place.modules):
        if all((folder / name).is_dir() for name in _SDK):
            return folder
    return None


def _no_node(place: Place) -> str | None:
    if shutil.which("node") is None:
        return "node"
    return None if _modules(place) else f"npm install {' '.join(_SDK)}"


def _no_cli(place: Place) -> str | None:
    there = (place.cli / "bin" / "aws").is_file() or shutil.which("aws")
    return None if there and shutil.which("sh") else "the aws command"


#: Language -> what runs its snippets. The generated methods come first: the others must find what they
#: find.
RUNNERS: Final[Mapping[str, Runner]] = {
    "python": Runner(_python, lambda _: None),
    "boto3": Runner(_python, lambda _: None if find_spec("boto3") else "pip install boto3"),
    "typescript": Runner(_node, _no_node),
    "awscli": Runner(_awscli, _no_cli, _cli_takes),
}


def missing(place: Place) -> dict[str, str]:
    """Language -> what it lacks to be run here."""
    found = {name: runner.missing(place) for name, runner in RUNNERS.items()}
    return {name: lack for name, lack in found.items() if lack}
