"""The generated text itself. After a change on purpose: KXMODEL_UPDATE_GOLDEN=1 pytest tests/emit"""

import os
import tomllib

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


@pytest.mark.parametrize("project", [".", "examples/shop", "examples/membership"])
def test_the_models_of_this_repository_are_what_their_schemas_give(project):
    folder = ROOT / project
    config = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["tool"]["kxmodel"]
    files = emit(read_folder(folder / config["schemas"]), package=config["package"])
    changes = plan(files, folder / config["models"])
    if os.environ.get("KXMODEL_UPDATE_GOLDEN"):
        apply(changes)
    assert plan(files, folder / config["models"]).diff() == ""
