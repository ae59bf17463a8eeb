"""All forms of a report, over the same findings."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.errors import CODES, Problem
from kxmodel.report import WRITERS, Tally
from kxmodel.report.finding import Whose, unreadable
from kxmodel.report.judging import Judged
from kxmodel.report.tally import MAX_NAMES, OTHERS, SourceCount
from kxmodel.report.text import percent, visible
from kxmodel.report.writing import Page

HOSTILE = "</style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;\x1b[31m\u202e\x00\n"


def make(form, *, tenant="acme", value="v", path="a", message="must be text", items=4, broken=1):
    """The text of a report, and what it counts."""
    tally = Tally(examples=2)
    source = SourceCount(name=f"f-{path}.json", table="t")
    tally.sources.append(source)
    writer = WRITERS[form](tally)
    text = writer.begin()
    for number in range(items):
        about = Whose("t", "Thing", tenant, f"f.json:{number + 1}", {"pk": value})
        findings = (about.finding(Problem((path,), value, "type", message), "KX660"),)
        tally.judged(source, Judged("Thing", tenant, findings if number else ()))
        text += "".join(map(writer.finding, findings if number else ()))
    for _ in range(broken):
        finding = unreadable("f.json:9", message, table="t")
        tally.broken(source, finding)
        text += writer.finding(finding)
    return text + writer.end(), tally


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.texts, self.attributes = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.texts.append(data)


def test_json_and_json_lines_hold_all_findings_and_the_counts():
    whole = json.loads(make("json")[0])
    *found, summary = map(json.loads, make("jsonl")[0].splitlines())
    assert [f.pop("type") for f in found] == ["finding"] * 4
    assert summary.pop("type") == "summary"
    assert whole == {"findings": found, "summary": summary}
    assert found[0] == {
        "code": "KX660",
        "title": CODES["KX660"].title,
        "rule": "type",
        "message": "must be text",
        "table": "t",
        "entity": "Thing",
        "tenant": "acme",
        "place": "f.json:2",
        "key": {"pk": "v"},
        "path": "a",
        "value": "'v'",
        "help": "errors.md#kx660",
    }
    assert (summary["items"], summary["bad"], summary["unreadable"], summary["findings"]) == (
        4,
        3,
        1,
        4,
    )
    assert [(p["code"], p["path"], p["count"]) for p in summary["problems"]] == [
        ("KX660", "a", 3),
        ("KX664", "(item)", 1),
    ]
    assert summary["tenants"] == [{"tenant": "acme", "items": 4, "bad": 3}]
    assert summary["entities"] == [{"table": "t", "entity": "Thing", "items": 4, "bad": 3}]


@pytest.mark.parametrize("form", WRITERS)
def test_nothing_found_is_a_whole_report(form):
    text, _ = make(form, items=1, broken=0)
    if form == "json":
        assert json.loads(text)["findings"] == []
    elif form == "jsonl":
        assert json.loads(text)["findings"] == 0
    else:
        assert "1 item" in text
        assert "no problem found" in text


def test_text_shows_the_first_of_each_kind_then_the_counts():
    text, _ = make("text")
    assert text.splitlines()[:3] == [
        "f.json:2: Thing v a: must be text (got 'v') [KX660 type]",
        "f.json:3: Thing v a: must be text (got 'v') [KX660 type]",
        "f.json:9: t (item): must be text [KX664 json]",
    ]
    assert "        3  KX660 Thing a: type\n           fix: Rewrite the values" in text
    assert "t: Thing: 4 items, 3 bad (75.0 %)" in text
    assert "tenant acme: 4 items, 3 bad (75.0 %)" in text
    assert text.endswith("4 items checked: 3 problems in 3 items, 1 record unreadable\n")


def test_text_says_what_has_to_be_known_of_the_sources():
    tally = Tally()
    tally.sources += [
        SourceCount(3, 3, "f.json", "messages", foreign=2),
        SourceCount(10, 0, "live", "leads", cut_short=True),
        SourceCount(1, 0, "export", "leads", passed=1),
        SourceCount(name="empty.json"),
    ]
    text = WRITERS["text"](tally).end()
    assert "most items of f.json lack a key attribute of messages" in text
    assert "live was read up to the limit of 10 items" in text
    assert "1 record of export passed over" in text
    assert "empty.json holds no item" in text


@given(
    st.text(max_size=40) | st.just(HOSTILE),
    st.text(max_size=40) | st.just(HOSTILE),
    st.text(max_size=40) | st.just(HOSTILE),
)
@settings(max_examples=60, deadline=None)
def test_hostile_text_is_text_in_every_form(tenant, value, path):
    known = Tags(make("html")[0]).tags
    for form in WRITERS:
        text, _ = make(form, tenant=tenant, value=value, path=path, message=value)
        text.encode()
        if form == "html":
            page = Tags(text)
            # `t` has tenants and keys only where there is text for them.
            assert set(page.tags) <= set(known)
            assert page.tags.count("details") == known.count("details")
            assert not {name for name, _ in page.attributes if name.startswith("on")}
            assert visible(path) in "".join(page.texts)
        assert all(c.isprintable() or c == "\n" for c in text if form != "html")
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_the_page_stands_alone():
    text, _ = make("html", value=HOSTILE)
    page = Tags(text)
    attributes = dict(page.attributes)
    assert "script" not in page.tags
    assert not {"src", "href", "style", "srcset", "action"} & set(attributes)
    assert "url(" not in text
    assert "http" not in text.replace("http-equiv", "")
    assert "default-src 'none'" in dict(page.attributes[:4]).get("content", "")
    assert "prefers-color-scheme: dark" in text
    assert 'name="viewport"' in text


def test_the_pages_policy_lets_its_own_style_through():
    import base64
    import hashlib

    text, _ = make("html")
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"&#x27;sha256-{digest}&#x27;" in text


def test_the_page_tells_counts_examples_and_what_to_do():
    text = "".join(Tags(make("html")[0]).texts)
    for words in (
        "3 of 4 items have a problem",
        "How to fix",
        "The first 2 examples",
        "By entity",
        "By tenant",
        "acme",
        "f.json:2",
        "25.0 %",
    ):
        assert words in text
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    assert "2026-01-02 03:04 UTC" in Page(Tally(), moment).end()


def test_long_lists_are_cut_with_a_word():
    tally = Tally()
    source = SourceCount(name="f", table="t")
    tally.sources.append(source)
    for number in range(MAX_NAMES + 10):
        tally.judged(source, Judged("Thing", f"tenant-{number}", ()))
    page = Page(tally).end()
    assert len(page) < 100_000
    assert f"and {MAX_NAMES + 1 - 50:,} more tenants" in page
    assert (
        json.loads(WRITERS["json"](tally).begin() + WRITERS["json"](tally).end())["summary"][
            "tenants"
        ][-1]["tenant"]
        is None
    )
    assert OTHERS in tally.tenants


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 0, "0 %"),
        (0, 9, "0 %"),
        (9, 9, "100 %"),
        (1, 10**6, "< 0.1 %"),
        (999_999, 10**6, "> 99.9 %"),
        (1, 3, "33.3 %"),
    ],
)
def test_a_share_never_says_none_or_all_of_what_is_not(part, whole, words):
    assert percent(part, whole) == words
