"""What a picture says and holds, as a browser would read it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
#: Everything that a picture is made of: no script, no foreign content, no reference to elsewhere.
ELEMENTS = {"svg", "title", "desc", "style", "rect", "path", "circle", "g", "text"}
ATTRIBUTES = {
    *("class", "role", "width", "height", "viewBox", "aria-labelledby", "id"),
    *("x", "y", "cx", "cy", "r", "rx", "d"),
}


def read(picture: str) -> ET.Element:
    """The root, after what holds for every picture was looked at."""
    root = ET.fromstring(picture)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert ids == (root.get("aria-labelledby") or "").split()
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
    title, desc, style = list(root)[:3]
    assert title.text
    assert desc.text
    assert "url(" not in (style.text or "")
    assert "@import" not in (style.text or "")
    return root


def texts(root: ET.Element) -> list[str]:
    """The lines of text that are seen."""
    return ["".join(_own(each)) for each in root.iter(f"{SVG}text")]


def desc(root: ET.Element) -> str:
    """What a screen reader says."""
    return root.findtext(f"{SVG}desc") or ""


def within(root: ET.Element) -> bool:
    """Whether all boxes and the beginnings of all texts lie in the picture."""
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for each in root.iter(f"{SVG}rect"):
        x, y = float(each.get("x", 0)), float(each.get("y", 0))
        if x < 0 or y < 0 or x + float(each.get("width", 0)) > width + 0.1:
            return False
        if y + float(each.get("height", 0)) > height + 0.1:
            return False
    return all(
        0 <= float(each.get("x", 0)) <= width and 0 <= float(each.get("y", 0)) <= height
        for each in root.iter(f"{SVG}text")
    )


def _own(element: ET.Element) -> list[str]:
    """The text of an element without its tooltip."""
    return [element.text or "", *((child.tail or "") for child in element)]
