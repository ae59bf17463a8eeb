from __future__ import annotations

from kxmodel.docs.pictures.timeline import timeline
from kxmodel.docs.project import Operation, Revision
from tests.docs.pictures.drawn import desc, read, texts, within

STORY = (
    Revision("0001_first", operations=(Operation("Create the table t.", "CreateTable", "t"),)),
    Revision(
        "0002_left",
        follows=("0001_first",),
        operations=(
            Operation(
                "Remove the attribute a.", "RemoveAttribute", "t", reversible=False, destroys="a"
            ),
        ),
    ),
    Revision(
        "0002_right", follows=("0001_first",), operations=(Operation("Set the tags.", "SetTags"),)
    ),
    Revision("0003_merge", follows=("0002_left", "0002_right")),
)


def test_each_operation_has_its_mark() -> None:
    shown = texts(read(timeline(STORY, "a")))
    for sentence, mark in (
        ("Create the table t.", "+"),
        ("Remove the attribute a.", "\u2212"),
        ("Set the tags.", "\u2022"),
    ):
        assert shown[shown.index(sentence) - 1] == mark
    assert {"adds", "removes", "rewrites items", "checks", "changes"} <= set(shown)


def test_what_cannot_be_undone_says_so_in_words() -> None:
    root = read(timeline(STORY, "a"))
    assert texts(root).count("cannot be undone") == 1
    assert texts(root).count("can be undone") == 3
    assert "not undone" in texts(root)
    assert "0002_left: 1 operation, cannot be undone." in desc(root)
    assert "Lost for good: a." in timeline(STORY, "a")


def test_branches_do_not_lie_on_each_other() -> None:
    root = read(timeline(STORY, "a"))
    assert within(root)
    places = {(e.get("cx"), e.get("cy")) for e in root.iter() if e.tag.endswith("circle")}
    assert len({x for x, _ in places}) == 2


def test_a_long_sentence_goes_on_in_a_second_line() -> None:
    sentence = "Give every stored Lead of leads its key in GSI2: " + "GSI2PK = ${tenantId}, " * 3
    long = Operation(sentence.strip(), "BackfillKeys", "leads")
    next_one = Operation("Verify it.", "VerifyKeys", "leads")
    root = read(timeline((Revision("0001_a", operations=(long, next_one)),), "a"))
    assert within(root)
    shown = texts(root)
    first, second = shown[shown.index("\u2192") + 1 :][:2]
    assert f"{first} {second}" == sentence.strip()
    places = [float(e.get("y")) for e in root.iter() if e.tag.endswith("text")]
    assert places[shown.index("Verify it.")] > places[shown.index(second)] + 15
