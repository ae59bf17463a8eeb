import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel import ir
from kxmodel.emit.labels import camel, check_names, labels, snake
from kxmodel.errors import ExportError
from tests.emit.tables import small

names = st.from_regex(r"[a-zA-Z0-9_.-]{3,12}", fullmatch=True)


@given(st.lists(st.sampled_from(["a.b", "a-b", "a_b", "A_b", "...", "---", "1a", "abc"]) | names))
def test_labels_are_apart_and_take_what_the_tools_take(given):
    for label, form in ((camel, "[a-zA-Z0-9]+"), (snake, "[a-z][a-z0-9_]*")):
        made = labels(dict.fromkeys(given), label)
        assert len(set(made.values())) == len(set(given))
        assert all(re.fullmatch(form, each) for each in made.values())
        assert made == labels(sorted(set(given)), label)


def test_plain_names_stay_readable():
    assert labels(["gallery-v2", "leads"], camel) == {"gallery-v2": "GalleryV2", "leads": "Leads"}
    assert labels(["Gallery-v2", "1a"], snake) == {"Gallery-v2": "gallery_v2", "1a": "t_1a"}


@pytest.mark.parametrize("name", ["ab", "a b c", "x" * 256, "${a}", "名前名"])
def test_names_that_dynamodb_refuses(name):
    index = ir.Index(name, "i", (ir.KeyAttribute("pk"),))
    for table in (small(name), small(indexes=(index,))):
        with pytest.raises(ExportError) as caught:
            check_names(table)
        assert caught.value.code == "KX703"
    check_names(small("a.b"))
