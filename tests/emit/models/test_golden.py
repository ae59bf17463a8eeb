"""The generated text itself. After a change on purpose: KXMODEL_UPDATE_GOLDEN=1 pytest tests/emit"""

import os

import pytest

from kxmodel.dialect import read_folder
from kxmodel.emit.models import emit
from kxmodel.emit.write import apply, plan
from tests.emit.gallery import CLUB, GALLERY
from tests.emit.tools import ROOT

GOLDEN = ROOT / "tests" / "emit" / "golden"


def test_the_gallery_is_as_it_was():
    changes = plan(emit([GALLERY, CLUB], package="tests.emit.golden"), GOLDEN)
    if os.environ.get("KXMODEL_UPDATE_GOLDEN"):
        apply(changes)
    assert plan(changes.files, GOLDEN).diff() == ""


@pytest.mark.parametrize(
    ("schemas", "models", "package"),
    [
        ("schemas", "kxmodel/models", "kxmodel.models"),
        ("examples/shop/schemas", "examples/shop/models", "models"),
        ("examples/membership/schemas", "examples/membership/models", "models"),
    ],
)
def test_the_models_of_this_repository_are_what_their_schemas_give(schemas, models, package):
    files = emit(read_folder(ROOT / schemas), package=package)
    assert plan(files, ROOT / models).diff() == ""
