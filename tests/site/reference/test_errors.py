"""The page of errors, and the anchor that each error names."""

from __future__ import annotations

from kxmodel.docs.markdown import line
from kxmodel.errors import CODES, KxError
from kxmodel.errors.codes import Code
from kxmodel.site.reference.errors import RANGES, page


def test_every_code_is_there_with_its_cause_and_fix():
    text = page(CODES)
    for row in CODES.values():
        entry = text.split(f"{{ #{row.code.lower()} }}\n")[1].split("\n#")[0]
        assert line(row.cause) in " ".join(entry.split())
        assert line(row.fix) in entry


def test_every_range_has_a_name():
    assert {code[2] for code in CODES} == set(RANGES)


def test_words_are_words():
    text = page({"KX101": Code("KX101", "A | title", "`code` and <b>", "Write `x`.")})
    assert "### KX101 A &#124; title { #kx101 }\n\n`code` and &lt;b&gt;\n" in text


def test_every_error_leads_to_its_place_on_the_site(own):
    for code in CODES:
        file, _, anchor = KxError("said", code=code).help_anchor.partition("#")
        assert anchor in own.pages[f"{file.removesuffix('.md')}/"].ids
