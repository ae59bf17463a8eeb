"""The sites in a headless Chromium."""

from __future__ import annotations

import pytest

from kxmodel.dialect import read_folder
from kxmodel.errors import KxError
from kxmodel.ir.rules import rules_of
from kxmodel.keys import KeySet, evaluate
from tests.emit.typescript.scopes import with_derived
from tests.emit.typescript.test_keys import items_of
from tests.emit.typescript.values import arrived, travelling
from tests.site.browsing import browse
from tests.site.sites import ROOT

MATERIAL = ("own", "shop", "hostile")


@pytest.mark.slow
@pytest.mark.parametrize("width", [375, 1440])
@pytest.mark.parametrize("name", MATERIAL)
def test_every_page_opens_well(name, width, request):
    """No error, no failed request, nothing from elsewhere, no sideways scrolling, nothing that axe
    calls serious or critical, neither in the light nor in the dark."""
    site = request.getfixturevalue(name)
    report = browse("visit", site.folder, pages=[*site.pages], width=width, axe=True, turn=True)
    assert {address: wrong for address, wrong in report.items() if wrong} == {}
    assert len(report) == len(site.pages)


@pytest.mark.slow
def test_the_default_theme_will_do_as_well(membership):
    """What axe says of its colours is not ours to mend."""
    for width in (375, 1440):
        report = browse("visit", membership.folder, pages=[*membership.pages], width=width)
        assert {address: wrong for address, wrong in report.items() if wrong} == {}


@pytest.mark.slow
@pytest.mark.parametrize("width", [375, 1440])
@pytest.mark.parametrize("theme", ["bootstrap", "readthedocs", "material_plain"])
def test_long_words_stay_in_their_place_in_any_theme(theme, width, themed):
    """None makes the page wider, and none lies over the next cell."""
    site = themed(theme, "hostile")
    report = browse("visit", site.folder, pages=[*site.pages], width=width)
    assert {address: wrong for address, wrong in report.items() if wrong} == {}


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["bootstrap", "readthedocs", "material_plain"])
def test_everything_is_on_paper_in_any_theme(theme, themed):
    site = themed(theme)
    shown = ["Python", "boto3", "TypeScript", "AWS CLI", "aws dynamodb query", "QueryCommand"]
    pattern = "patterns/membership/organisation-by-slug/"
    reader = {"width": 794, "scheme": "dark", "media": "print"}
    assert browse("visit", site.folder, pages=[pattern], says=shown, **reader) == {pattern: []}
    report = browse("visit", site.folder, pages=[*site.pages], **reader)
    assert {address: wrong for address, wrong in report.items() if wrong} == {}


#: What is coloured by our style sheet. In axe's report of a theme's own colours nothing is ours to mend.
OURS = [".kx-collections", ".kx-ghosts", ".kx-copy", ".kx-playground", ".kx-filter"]
#: What MkDocs' own script says where its highlighter is off.
HIGHLIGHTER = "error: Cannot set properties of null (setting 'disabled')"
WHITE, BLACK = "rgb(255, 255, 255)", "rgb(27, 29, 38)"


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", ["bootstrap", "bootstrap_dark", "readthedocs", "material_plain"])
def test_what_we_colour_is_read_in_any_theme_whatever_the_system_is(theme, scheme, themed):
    """A theme's page may be light on a dark system, and dark on a light one."""
    site, page = themed(theme), "tables/membership/collections/"
    pages = ["", page, "playground/"]
    report = browse("visit", site.folder, pages=pages, scheme=scheme, axe=True, within=OURS)
    found = {line for wrong in report.values() for line in wrong if line != HIGHLIGHTER}
    assert found == set()
    paper = ("style", ".kx-svg .kx-paper", "fill")
    done = browse("use", site.folder, page=page, steps=[paper], scheme=scheme)
    assert done["results"] == [BLACK if theme == "bootstrap_dark" else WHITE]


def test_nothing_is_missed_without_scripts(hostile):
    report = browse("visit", hostile.folder, pages=[*hostile.pages], scripts=False, width=375)
    assert {address: wrong for address, wrong in report.items() if wrong} == {}


def test_paper_is_white_and_everything_is_on_it(own):
    """Also where the screen was dark."""
    pages = ["", "patterns/", "patterns/messages/message-recent/", "tables/personas/",
             "tables/personas/collections/", "tables/leads/attributes/", "migrations/", "errors/"]  # fmt: skip
    report = browse(
        "visit", own.folder, pages=pages, width=794, scheme="dark", media="print", axe=True
    )
    assert {address: wrong for address, wrong in report.items() if wrong} == {}


def use(site, page, *steps, **reader):
    done = browse("use", site.folder, page=page, steps=steps, **reader)
    assert done["wrong"] == []
    return [result for (kind, *_), result in zip(steps, done["results"], strict=True)
            if kind in ("texts", "attribute", "clipboard")]  # fmt: skip


def test_the_playground_says_what_it_needs_to_whom_it_lacks(shop):
    """And not to others, while the form is on its way."""
    told = {"says": ["The form needs JavaScript."], "pages": ["playground/"]}
    assert browse("visit", shop.folder, **told, scripts=False) == {"playground/": []}
    assert browse("visit", shop.folder, **told) == {
        "playground/": ["no: The form needs JavaScript."]
    }


def test_a_table_sorts_by_mouse_and_keyboard(shop):
    names, cost = ".kx-sortable tbody td:first-child", ".kx-sortable th:nth-child(2)"
    shown = use(
        shop, "hand-written/",
        ("texts", names), ("attribute", cost, "aria-sort"),
        ("click", f"{cost} button"), ("texts", names), ("attribute", cost, "aria-sort"),
        ("press", "Enter"), ("texts", names), ("attribute", cost, "aria-sort"),
        ("press", "Enter"), ("texts", names),
        ("focus", ".kx-sortable th:first-child button"), ("press", "Space"), ("texts", names),
        ("attribute", cost, "aria-sort"),
    )  # fmt: skip
    assert shown == [
        ["b", "a", "C"], "none",
        ["a", "b", "C"], "ascending",
        ["C", "b", "a"], "descending",
        ["b", "a", "C"],
        ["a", "b", "C"], "none",
    ]  # fmt: skip


def test_a_list_is_narrowed_by_what_is_typed(shop):
    entries, count = "[data-kx-filter] li", ".kx-count"
    shown = use(
        shop, "hand-written/",
        ("fill", ".kx-filter input", "MESS lead"), ("texts", entries), ("texts", count),
        ("fill", ".kx-filter input", "leads"), ("texts", entries),
        ("fill", ".kx-filter input", "nothing"), ("texts", entries), ("texts", count),
        ("fill", ".kx-filter input", ""), ("texts", entries),
    )  # fmt: skip
    every = ["messages by lead", "messages by tenant", "leads by phone"]
    assert shown == [every[:1], ["1 of 3"], every[2:], [], ["0 of 3"], every]


def test_a_page_copies_itself(shop):
    (copied,) = use(
        shop, "tables/shop/",
        ("click", ".kx-copy"), ("wait", "text=Copied."), ("clipboard",),
    )  # fmt: skip
    assert copied == (shop.folder / "tables" / "shop" / "index.md").read_text("utf-8")


def test_search_finds_an_attribute(shop):
    (found,) = use(
        shop, "",
        ("click", ".md-search__input"), ("type", ".md-search__input", "warehouse"),
        ("wait", ".md-search-result__item"), ("texts", ".md-search-result__item h1"),
    )  # fmt: skip
    assert any("Shop" in title for title in found)


def test_the_playground_shows_keys_and_why_there_are_none(own):
    values, absent = "#kx-keys .kx-key", "#kx-keys .kx-absent td"
    shown = use(
        own, "playground/",
        ("wait", "#kx-keys table"), ("texts", values), ("texts", absent),
        ("fill", "[data-path='contactInfo.phone']", ""), ("texts", absent),
        ("fill", "[data-path='contactInfo.phone']", "0123"), ("texts", absent),
        ("click", "#kx-clear"), ("texts", absent),
        ("choose", "#kx-entity", "personas: Persona"), ("texts", absent),
        ("fill", "#kx-pasted", "tenant123#qualified"), ("texts", "#kx-readings tbody tr:first-child td"),
        ("texts", "#kx-readings tbody tr:first-child li"),
        ("fill", "#kx-pasted", "  "), ("texts", "#kx-readings tbody tr:first-child td:first-child"),
    )  # fmt: skip
    assert shown[0][:3] == ["tenant123#john.doe@example.com", "PROFILE", "tenant123#+1234567890"]
    assert shown[1] == []
    assert shown[2] == ["not in it: there is no contactInfo.phone"]
    assert len(shown[3]) == 1
    assert "E.164" in shown[3][0]
    assert "needed for the key of Lead" in shown[4][0]
    assert len(shown[4]) == 3
    assert [text for text in shown[5] if text.startswith("not in it")]
    assert {"leads: Lead", "messages: Message", "personas: Persona"} & set(shown[6])
    assert shown[7] == ["tenantId = tenant123", "email_lc = qualified"]
    # A key of spaces is one.
    assert shown[8]


@pytest.mark.parametrize(
    ("name", "schemas", "page"),
    [
        ("own", "schemas", "playground/"),
        ("shop", "examples/shop/schemas", "playground/"),
        ("membership", "examples/membership/schemas", "playground/"),
    ],
)
def test_the_playground_builds_the_keys_that_python_builds(name, schemas, page, request):
    calls, wanted = [], []
    for table in read_folder(ROOT / schemas):
        for entity in table.entities:
            rules = rules_of(table, entity)
            sets = [(None, rules.primary)]
            sets += [(s.name, s) for s in rules.derived if isinstance(s, KeySet)]
            for item, stored, refused in items_of(table, entity, 150):
                if refused:  # such values are refused before any key, or are for the server
                    continue
                known = with_derived(entity, stored)
                calls.append({"table": table.name, "entity": entity.name, "item": travelling(item)})
                wanted.append({index: _made(keys, stored if index is None else known)
                               for index, keys in sets})  # fmt: skip
    site = request.getfixturevalue(name)
    found = browse(
        "keys", site.folder, page=page, script="assets/kxmodel/playground.js", calls=calls
    )
    for call, places, want in zip(calls, found, wanted, strict=True):
        assert {p["index"]: p["key"] or p["code"] for p in places} == want, call
    assert sum(isinstance(made, dict) for want in wanted for made in want.values()) > 100


def _made(key_set, item):
    """The key in the form in which it comes back; the code of a refusal; None where there is none."""
    if isinstance(item, str):
        return item
    try:
        made = arrived(evaluate(key_set, item))
    except KxError as error:
        return error.code
    return made or None


def test_the_matrix_sorts_and_the_finder_finds(own):
    head, cells = ".kx-matrix thead th:first-child", ".kx-matrix tbody td:first-child"
    before, after = use(
        own, "patterns/",
        ("texts", cells), ("click", f"{head} button"), ("texts", cells),
    )  # fmt: skip
    assert after == sorted(before, key=str.casefold)
    (found,) = use(
        own, "",
        ("fill", ".kx-filter input", "phone"), ("texts", ".kx-finder li"),
    )  # fmt: skip
    assert found
    assert all("phone" in entry.lower() for entry in found)


def test_a_box_says_whether_there_is_more_of_it(own):
    """Its right edge fades as long as it can be scrolled."""
    box = ".kx-picture"
    before, after = use(
        own, "migrations/",
        ("wait", f"{box}.kx-more"), ("attribute", box, "class"), ("scroll", box, 5000),
        ("wait", f"{box}:not(.kx-more)"), ("attribute", box, "class"),
        width=375,
    )  # fmt: skip
    assert "kx-more" in before
    assert "kx-more" not in after


def test_tabs_show_one_language_at_a_time(own):
    """Material keeps its choice on other pages, too."""
    shown = use(
        own, "patterns/messages/message-recent/",
        ("texts", ".tabbed-set:first-of-type .tabbed-block"),
        ("click", ".tabbed-labels label:nth-child(2)"),
        ("texts", ".tabbed-set:first-of-type .tabbed-block"),
    )  # fmt: skip
    assert len(shown[0]) == len(shown[1])
    assert shown[0] != shown[1]
