from __future__ import annotations

from kxmodel.errors import CODES, Problem
from kxmodel.report.finding import Whose, unreadable


def test_reads_as_one_line():
    whose = Whose("messages", "Message", "t", "f.json:3", {"pk": "a", "sk": "b"})
    finding = whose.finding(Problem(("notes", 2, "x"), 7, "type", "must be text"), "KX660")
    assert str(finding) == "f.json:3: Message a b notes[2].x: must be text (got 7) [KX660 type]"
    assert finding.shape == "notes[].x"


def test_what_is_kept_is_short():
    key = {"pk": "a"}
    huge = Problem(("n" * 60_000,), "v" * 400_000, "type", "m" * 10_000)
    finding = Whose("t", "E", "", "here", key).finding(huge, "KX660")
    assert len(str(finding)) < 1500


def test_unreadable_things_have_codes_of_the_table():
    for code in ("KX664", "KX665"):
        finding = unreadable("f:1", "is broken", code=code)
        assert finding.code in CODES
        assert str(finding) == f"f:1: (item): is broken [{code} {finding.rule}]"
