"""KX720-KX729: the pages of the site."""

from kxmodel.errors.codes.code import Code

DOCS: tuple[Code, ...] = (
    Code(
        "KX720",
        "Pages cannot be written",
        "The folder for the pages holds files that kxmodel did not make, or cannot be written.",
        "Name an empty folder with -o.",
    ),
    Code(
        "KX722",
        "Snippet failed",
        "A snippet of a page was run against a local DynamoDB and ended with an error, or sent no Query.",
        "Correct what its own words name: the models are out of date, or a package is missing.",
    ),
    Code(
        "KX723",
        "Snippets disagree",
        "The snippets of one access pattern found different items in different languages.",
        "Report it: this is a fault of kxmodel or of the local DynamoDB.",
    ),
    Code(
        "KX724",
        "Recorded answers cannot be read",
        "A file of recorded answers is not one that kxmodel wrote, or was changed by hand.",
        "Record them again: kxmodel docs --record",
    ),
)
