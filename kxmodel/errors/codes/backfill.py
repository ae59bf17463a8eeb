"""KX62x: changing the stored items of a live table."""

from kxmodel.errors.codes.code import Code

BACKFILL: tuple[Code, ...] = (
    Code(
        "KX620",
        "Backfill stopped",
        "A part of the table could not be worked through in several attempts.",
        "See the reason in the message, remove it, and run the migration again: it resumes.",
    ),
    Code(
        "KX621",
        "Backfill taken over",
        "Another run took the work units of this backfill; a checkpoint of this one was refused.",
        "Leave the work to the other run, or wait until it has ended and run again.",
    ),
    Code(
        "KX622",
        "An old writer is live",
        "Every verification found new items without the values that their attributes give.",
        "Deploy the writers that stamp the keys everywhere, then run again.",
    ),
    Code(
        "KX623",
        "Task cannot travel",
        "An executor outside this process takes tasks and clients that are plain data.",
        "Give a TaskSpec and ClientSettings instead of objects, or use the built-in threads.",
    ),
    Code(
        "KX624",
        "Backfill of another task",
        "The ledger holds the work units of another task under this name.",
        "Check that the migration file is the one that began the run, or remove its ledger rows.",
    ),
    Code(
        "KX625",
        "Request refused",
        "DynamoDB refused a request for a reason that repeating does not change.",
        "Check the credentials' permissions, the table's name, the region and the table's state.",
    ),
    Code(
        "KX626",
        "Transform is not idempotent",
        "Applied to its own result, the function changes the item again; a retry would transform "
        "it twice.",
        "Write the function so that it leaves its own results alone.",
    ),
    Code(
        "KX627",
        "Transform failed",
        "The function raised an error or returned what DynamoDB cannot store for this item.",
        "Correct the function, or the item named in the report.",
    ),
    Code(
        "KX628",
        "Task malformed",
        "A task's arguments cannot mean anything.",
        "Correct the arguments named in the message.",
    ),
    Code(
        "KX629",
        "Value in the way",
        "A stored value cannot be replaced without losing it.",
        "Decide which value is right and correct the item.",
    ),
    Code(
        "KX630",
        "Key attribute cannot be indexed",
        "An index is over an attribute whose stored value has the wrong type or is empty; DynamoDB "
        "would leave the item out and refuse later writes to it.",
        "Correct the value, or remove the attribute from the item.",
    ),
    Code(
        "KX631",
        "Write refused by DynamoDB",
        "DynamoDB refused the change of this item, e.g. because it would exceed 400 KB.",
        "See the reason beside the item's key in the report of bad items.",
    ),
)
