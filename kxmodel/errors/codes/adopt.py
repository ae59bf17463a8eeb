"""KX710-KX719: making a draft schema from what exists."""

from kxmodel.errors.codes.code import Code

ADOPT: tuple[Code, ...] = (
    Code(
        "KX710",
        "Model cannot be read",
        "The file is no data model that kxmodel can import: it is not JSON, too large, or lacks its tables.",
        "Export the model anew from the tool it came from, and name that file.",
    ),
    Code(
        "KX711",
        "Draft is in the way of a file",
        "A file with the name of the draft exists; nothing was written.",
        "Name another folder with -o, or move the file away.",
    ),
    Code(
        "KX712",
        "Draft cannot be written",
        "The folder for the drafts cannot be made or written; nothing was written.",
        "Name another folder with -o.",
    ),
)
