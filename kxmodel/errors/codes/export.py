"""KX700-KX709: exporting to other formats."""

from kxmodel.errors.codes.code import Code

EXPORT: tuple[Code, ...] = (
    Code(
        "KX700",
        "No such export format",
        "Neither kxmodel nor an installed package has an emitter of this name.",
        "Run `kxmodel export --list` for the names there are.",
    ),
    Code(
        "KX701",
        "Wrong setting of an export",
        "The format has no setting of this name, or it does not take this value.",
        "Run `kxmodel export --list` for the settings of each format.",
    ),
    Code(
        "KX702",
        "Emitter cannot be loaded",
        "A package names an emitter in its entry points that cannot be imported or is none.",
        "Update or remove the package named in the message.",
    ),
    Code(
        "KX703",
        "Table cannot be exported to this format",
        "The format has no words for something that the schema says.",
        "The message names what it is; leave that table out with --table, or take another format.",
    ),
    Code(
        "KX704",
        "Export has nowhere to go",
        "The format makes several files and no folder was named, or a file cannot be written.",
        "Give -o FOLDER, or one table with --table. Files that stood there are unchanged.",
    ),
    Code(
        "KX705",
        "No sample found",
        "No item made up at random was valid: the schema asks for something that chance rarely hits.",
        "Give the attribute that the message names `examples` or an `enum`, or loosen its pattern.",
    ),
)
