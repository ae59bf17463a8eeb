"""KX5xx: local DynamoDB engines."""

from kxmodel.errors.codes.code import Code

ENGINE: tuple[Code, ...] = (
    Code(
        "KX501",
        "Local engine unavailable",
        "A local DynamoDB could not be found, started or installed.",
        "Run `kxmodel engine list` to see what there is, `kxmodel engine install NAME` to get one.",
    ),
    Code(
        "KX502",
        "Local engine died while starting",
        "The engine's process ended before it answered a request.",
        "Read the engine's own words below the message; they name the cause.",
    ),
    Code(
        "KX503",
        "Port taken",
        "Another process listens on the port asked for, or the port may not be used.",
        "Give another port, or port 0 for a free one.",
    ),
    Code(
        "KX504",
        "Local engine does not answer",
        "The engine's process runs, but answered no DynamoDB request within the time allowed.",
        "Try again with a longer timeout; on a busy machine the start takes several seconds.",
    ),
    Code(
        "KX505",
        "Data cannot be kept there",
        "The data folder is in use by another engine, cannot be written, or the engine keeps no data.",
        "Give another folder, stop the other engine, or take an engine that keeps data.",
    ),
    Code(
        "KX506",
        "Unknown engine",
        "No engine has this name.",
        "Use auto, dynoxide, ministack or moto.",
    ),
    Code(
        "KX507",
        "Engine cannot be installed",
        "What the installation needs is missing, or the download failed.",
        "Do what the message names, then run `kxmodel engine install NAME` again.",
    ),
    Code(
        "KX508",
        "Download refused",
        "What was downloaded is not what kxmodel pins: its checksum or its content differs.",
        "Nothing was installed. Check the registry or mirror that npm or pip is set to.",
    ),
    Code(
        "KX509",
        "Unusable endpoint URL",
        "The endpoint is not an http or https URL of a host.",
        "Give a URL such as http://127.0.0.1:8000.",
    ),
    Code(
        "KX510",
        "Named engine does not run",
        "A variable names a program of an engine, and it is absent or does not run here.",
        "Correct the variable named in the message, or unset it.",
    ),
)
