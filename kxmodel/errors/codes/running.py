"""KX640 to KX659: running migrations against a database."""

from kxmodel.errors.codes.code import Code

RUNNING: tuple[Code, ...] = (
    Code(
        "KX640",
        "Another migration is running",
        "The lease on the environment's history is held by another run, and its heartbeat goes on.",
        "Wait for it with --wait, or look at it with `kxmodel status`.",
    ),
    Code(
        "KX641",
        "The lease was lost",
        "This run did not renew its lease in time, and another run may hold it now. Nothing was recorded after that.",
        "Run `kxmodel status`, then `kxmodel migrate` again: it resumes where the work stopped.",
    ),
    Code(
        "KX642",
        "Stored values would violate the index",
        "Items hold a value in a key attribute of the index that is of another type, empty or too long. DynamoDB would leave them out and refuse every later write to them.",
        "Correct or remove the values named, then run `kxmodel migrate` again. An item that was corrected by other means than the models gets its keys by `kxmodel verify --repair` after it.",
    ),
    Code(
        "KX643",
        "The database holds something else under this name",
        "A table or an index of this name exists, and its keys, types or projection are not the migration's.",
        "Compare it with the migration. To adopt a table as it is, use --fake with the revision it is at.",
    ),
    Code(
        "KX644",
        "The table has consumers or replicas",
        "A mass update re-triggers what reads the table's stream, and is last-writer-wins where a table has replicas in several regions.",
        "Say that it is known: --accept-stream-events, --single-writer-region.",
    ),
    Code(
        "KX645",
        "A step destroys data",
        "The plan holds a step after which something stored is gone.",
        "Read what is lost, make a backup, and give --allow-destructive.",
    ),
    Code(
        "KX646",
        "An applied migration is not the file",
        "The history says that a revision was applied with another checksum than that of its file.",
        "Restore the file as it was applied, and write what is new as a migration of its own.",
    ),
    Code(
        "KX648",
        "The migration cannot be undone",
        "A step has no inverse.",
        "Write a migration forward that does what is wanted, or restore a backup.",
    ),
    Code(
        "KX649",
        "The engine cannot do this",
        "The endpoint does not know the operation.",
        "Use an engine that has it, or leave the step out for this environment.",
    ),
    Code(
        "KX650",
        "Waited in vain",
        "A table, an index or a setting did not reach its state within the time allowed.",
        "Run `kxmodel migrate` again: it goes on waiting where it stopped.",
    ),
    Code(
        "KX651",
        "DynamoDB refused",
        "The endpoint did not carry out a request; its own words are in the message.",
        "Do what its words ask for: most often credentials, a permission or a quota are missing, or nothing answers at the endpoint.",
    ),
    Code(
        "KX652",
        "The history and the files disagree",
        "The history names revisions that no file has, or applied ones whose predecessors are not.",
        "Check out the files that were applied. Where a file is lost for good, `kxmodel migrate REVISION --fake` strikes it from the history and records that the database is at REVISION.",
    ),
    Code(
        "KX653",
        "A step failed",
        "A step of a migration ended with an error. The migration is recorded as failed and is not counted as applied.",
        "Do what the message says, then run `kxmodel migrate` again: it resumes at that step.",
    ),
    Code(
        "KX654",
        "Too many bad items",
        "More items than --limit-bad allows cannot be given what the migration asks for. What was written before that stays; nothing is counted as applied.",
        "Mend the items that the report names, or raise the limit, then run `kxmodel migrate` again.",
    ),
    Code(
        "KX655",
        "Nothing runs",
        "No migration is running or paused in this environment.",
        "Run `kxmodel status` to see what was applied.",
    ),
    Code(
        "KX656",
        "A created index is not what its table says",
        "The index lacks items of the table, or holds others, also when both are read again: most often a writer that is still live stores values that its key cannot take. The migration is recorded as failed at this step.",
        "Look at the items named. Correct their key attributes and stop the writer, then run `kxmodel migrate` again: it compares once more.",
    ),
)
