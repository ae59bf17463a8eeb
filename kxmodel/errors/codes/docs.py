"""KX720-KX729: the pages of the site."""

from kxmodel.errors.codes.code import Code

DOCS: tuple[Code, ...] = (
    Code(
        "KX720",
        "Pages cannot be written",
        "The folder for the pages holds files that kxmodel did not make, or cannot be written.",
        "Name an empty folder with -o.",
    ),
)
