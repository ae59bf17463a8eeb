"""An access pattern as a program of a few lines, in each language that readers come with. Pure.

Values of a schema are literals there, whatever stands in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kxmodel.docs.snippets import awscli, boto3, python, typescript

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kxmodel.docs.asking import Asked

#: Language -> what writes its snippet, given the pattern and the package of the models. The names are
#: those under which answers are recorded.
_WRITERS: Final[Mapping[str, Callable[[Asked, str], str]]] = {
    "python": python.snippet,
    "boto3": lambda asked, _: boto3.snippet(asked),
    "typescript": lambda asked, _: typescript.snippet(asked),
    "awscli": lambda asked, _: awscli.snippet(asked),
}

#: Language -> its label, and what its code is highlighted as.
LANGUAGES: Final[Mapping[str, tuple[str, str]]] = {
    "python": ("Python", "python"),
    "boto3": ("boto3", "python"),
    "typescript": ("TypeScript", "typescript"),
    "awscli": ("AWS CLI", "shell"),
}


def snippet(language: str, asked: Asked, package: str) -> str:
    """The program, ending in a line feed. package: what the models are imported from.

    Raises KxError for arguments that have no place in a key.
    """
    return _WRITERS[language](asked, package)
