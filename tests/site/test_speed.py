"""The page of the benchmark's results."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

FILE = Path(__file__).parents[2] / "docs" / "_hooks" / "speed.py"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def page():
    """MkDocs takes a hook from its file, and so do we."""
    spec = importlib.util.spec_from_file_location("speed", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def results(**rounds):
    return {
        "at": "2026-01-02T03:04:05+00:00",
        "python": "3.11.9",
        "machine": "Linux x86_64",
        "cores": 2,
        "versions": {"kxmodel": "0.1.0"},
        "rows": [
            {"name": "query", "title": "Query | <b>", "unit": "CPU milliseconds", "rounds": rounds}
        ],
        "targets": [
            {"row": "query", "sentence": "as fast as light", "met": False},
            {"row": "query", "sentence": "as fast as a snail", "met": True},
        ],
    }


def marks(page, found):
    """Contender -> where its mark stands."""
    drawn = ElementTree.fromstring(page.chart(found["rows"]))
    return {
        group.find(f"{SVG}title").text.split(":")[0]: float(
            re.match(r"translate\(([\d.]+)", group.get("transform"))[1]
        )
        for group in drawn.iter(f"{SVG}g")
        if group.find(f"{SVG}title") is not None
    }


def test_every_figure_target_and_version_is_told(page):
    told = page.markdown(results(kxmodel=[20.0, 10.0, 40.0], PynamoDB=[1234.0, 1200.0, 1300.0]))
    assert "| **kxmodel** | 20.0 | 10.0 | 40.0 | 1.00x |" in told
    assert "| PynamoDB | 1,234 | 1,200 | 1,300 | 61.70x |" in told
    assert "| as fast as light | **missed** |" in told
    assert "| as fast as a snail | met |" in told
    assert "kxmodel 0.1.0" in told
    assert "<b>" not in told
    assert "### Query &#124; &lt;b&gt;" in told


def test_the_cheaper_stands_further_left(page):
    at = marks(
        page,
        results(kxmodel=[20.0], floor=[10.0], PynamoDB=[100.0], dyntastic=[150.0]),
    )
    assert at["floor"] < at["kxmodel"] < at["dyntastic"]
    assert set(at) == {"floor", "kxmodel", "dyntastic"}


@pytest.mark.parametrize("factor", [1 / 7, 1.0, 3.0])
def test_marks_stay_within_the_picture(page, factor):
    at = marks(page, results(kxmodel=[factor], PynamoDB=[1.0]))
    assert page._LEFT <= at["kxmodel"] <= page._WIDTH - page._RIGHT


def test_a_row_without_the_reference_has_a_table_and_no_line(page):
    found = results(**{"3 tables": [300.0], "30 tables": [900.0]})
    assert not marks(page, found)
    told = page.markdown(found)
    assert "| 30 tables | 900 | 900 | 900 | 3.00x |" in told
    assert "To 3 tables" in told
