import pytest
from hypothesis import given

from kxmodel.emit.text import enumerate_words, sentence, wrap
from kxmodel.values.shown import INVISIBLE, printable
from tests.emit.tables import texts


def test_paragraphs_are_filled():
    assert wrap("one two\nthree\n\n\nfour", 9) == ["one two", "three", "", "four"]
    assert wrap("one two three", 20, first=7) == ["one two", "three"]


def test_list_items_hang():
    text = "It has\n- one thing that is long\n- two\n  3. three"
    assert wrap(text, 14) == [
        "It has",
        "- one thing",
        "  that is long",
        "- two",
        "  3. three",
    ]


@pytest.mark.parametrize("text", ["    code  here", "| a  | b |", "```\na  b\n\n\n  c\n```"])
def test_what_is_laid_out_stays(text):
    assert wrap(f"x\n\n{text}", 5)[2:] == text.split("\n")


def test_doctest_finds_nothing():
    assert wrap(">>> import os", 50) == ["> > > import os"]


@given(texts)
def test_no_word_is_lost_and_no_line_is_too_long(text):
    lines = wrap(text, 40)
    assert all(line == line.rstrip() for line in lines)
    verbatim = any(mark in text for mark in ("```", "    ", "\t", "|"))
    assert verbatim or all(len(line) <= 40 or len(line.split()) <= 3 for line in lines)
    assert " ".join(lines).split() == " ".join(wrap(text, 1000)).split()


@given(texts)
def test_what_nobody_sees_is_shown(text):
    shown = printable(text)
    assert not INVISIBLE.search(shown)
    assert shown == text or INVISIBLE.search(text)
    shown.encode("utf-8")


def test_sentences_and_lists_of_words():
    assert [sentence(text) for text in ("a", "a.", "Why?", " ")] == ["a.", "a.", "Why?", ""]
    assert enumerate_words(["a"]) == "a"
    assert enumerate_words(["a", "b", "c"], "or") == "a, b or c"
