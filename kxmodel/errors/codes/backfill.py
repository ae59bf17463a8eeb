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
        "Deploy writers everywhere that stamp the keys, or write what else the migration gives; then run "
        "again.",
    ),
    Code(
        "KX623",
        "Task cannot travel",
        "An executor outside this process is handed plain data, from which workers make their own "
        "task and client.",
        "Give the task's TaskSpec and ClientSettings as well, or use threads or processes.",
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
    Code(
        "KX632",
        "Worker has other migrations",
        "A worker's migrations are missing or do something else than those that the run is of, or its "
        "kxmodel is of another version.",
        "Bring the worker to the same checkout and version, and start it in the project's folder.",
    ),
    Code(
        "KX633",
        "No executor",
        "What is to run the work units is not installed, or does not answer.",
        "Install kxmodel with the extra `dask`; check the scheduler's address and that it runs.",
    ),
    Code(
        "KX634",
        "Primary key is taken",
        "An item is to be moved to a primary key that another item has. Both stay as they are.",
        "Decide which of the two is right, and merge or delete by hand; `op.Rekey` in a new migration "
        "then moves what is left.",
    ),
    Code(
        "KX635",
        "Item too rich to move",
        "Moving an item is guarded by every attribute, and a condition has at most 300 operators in "
        "4 KB.",
        "Move the item by hand while nobody writes to it, or gather attributes in a map.",
    ),
    Code(
        "KX636",
        "Moved item is of no entity",
        "The entity is recognised by an attribute that moving the item changes.",
        "Recognise the entity by another attribute, by a migration before this one.",
    ),
    Code(
        "KX637",
        "Primary key would go astray",
        "A change of attributes would leave an item under a primary key that they no longer give.",
        "Change what the key is made of by `op.Rekey`, which moves the item in the same transaction.",
    ),
)
