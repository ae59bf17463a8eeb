from __future__ import annotations

from pathlib import PurePosixPath as Path

from kxmodel.docs.contents import contents
from kxmodel.docs.origins import Origins
from kxmodel.docs.project import Project, Revision
from kxmodel.docs.site import pages
from tests.emit.designs import design

PROJECT = Project(
    tables=design("kxgen"), package="shop.models", revisions=(Revision("0001_a_b"),), name="Shop"
)


def test_each_section_begins_with_its_index_and_groups_by_table():
    found = contents(PROJECT, pages(PROJECT))
    first, *groups = (
        found["tables"] if isinstance(found["tables"][0], Path) else (None, *found["tables"])
    )
    assert first in (None, Path("tables/index.md"))
    assert [title for title, _ in groups] == ["Leads", "Messages", "Personas"]
    assert all(inside[0].name == "index.md" for _, inside in groups)
    assert found["migrations"] == [Path("migrations/index.md"), Path("migrations/0001-a-b.md")]
    assert found["playground"] == [Path("playground.md")]


def test_every_page_of_markdown_is_in_a_section_or_is_the_start():
    made = pages(PROJECT)
    found = contents(PROJECT, made)
    flat = [
        page
        for entries in found.values()
        for entry in entries
        for page in ([entry] if isinstance(entry, Path) else entry[1])
    ]
    assert sorted(flat) == sorted({p for p in made if p.suffix == ".md"} - {Path("index.md")})
    assert len(flat) == len(set(flat))


def test_a_page_knows_the_file_that_it_comes_from():
    origins = Origins(PROJECT, "db/migrations")
    assert origins.of(Path("tables/leads/attributes.md")) == PROJECT.tables[0].source
    assert origins.of(Path("patterns/leads/lead-by-phone.md")) == PROJECT.tables[0].source
    assert origins.of(Path("migrations/0001-a-b.md")) == "db/migrations/0001_a_b.py"
    for shared in ("index.md", "playground.md", "migrations/index.md", "tables/index.md"):
        assert origins.of(Path(shared)) is None
