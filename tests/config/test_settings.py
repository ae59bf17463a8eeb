from __future__ import annotations

import os

import pytest

from kxmodel.config import find_config, read_config
from kxmodel.errors import ConfigError


@pytest.fixture
def write(tmp_path):
    def write(body: str, name: str = "pyproject.toml"):
        path = tmp_path / name
        head = "[tool.kxmodel]\n" if name == "pyproject.toml" else ""
        path.write_text(head + body, encoding="utf-8")
        return path

    return write


def refused(path) -> str:
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    assert caught.value.code == "KX010"
    assert caught.value.fix
    return str(caught.value)


def test_defaults(write, tmp_path):
    config = read_config(write(""))
    assert config.schemas == tmp_path / "schemas"
    assert config.models == tmp_path / "models"
    assert config.package == "models"
    assert config.import_root == tmp_path
    assert (config.engine, config.table_prefix) == ("auto", "")


@pytest.mark.parametrize(
    ("models", "package", "import_root"),
    [
        ("app/models", "app.models", "."),
        ("src/app/models", "app.models", "src"),
        ("src", "src", "."),
    ],
)
def test_the_package_follows_the_folder(write, tmp_path, models, package, import_root):
    config = read_config(write(f'models = "{models}"'))
    assert config.package == package
    assert config.import_root == tmp_path / import_root


def test_a_package_of_another_name_is_not_importable_from_the_folder(write):
    config = read_config(write('models = "generated"\npackage = "app.tables"'))
    assert config.package == "app.tables"
    assert config.import_root is None


def test_unknown_setting_names_place_and_near_name(write):
    path = write('schemas = "s"\n\n  modles = "m"  # a slip\n')
    told = refused(path)
    assert told.startswith(f"{path}:4:3: KX010 there is no setting 'modles'; do you mean 'models'?")


def test_another_tables_key_of_that_name_is_not_the_place(tmp_path):
    path = tmp_path / "pyproject.toml"
    path.write_text('[tool.other]\nodd = "x"\n[tool.kxmodel] # ours\n"odd" = "y"\n')
    assert f"{path}:4:1" in refused(path)


@pytest.mark.parametrize(
    "value", ["/etc", "../out", "a/../../b", "", ".", "C:\\\\models", "a\\u0000b"]
)
@pytest.mark.parametrize("key", ["schemas", "models"])
def test_paths_stay_inside_the_project(write, key, value):
    assert f"{key} is " in refused(write(f'{key} = "{value}"'))


def test_a_link_out_of_the_project_is_seen_through(write, tmp_path_factory, tmp_path):
    (tmp_path / "models").symlink_to(tmp_path_factory.mktemp("outside"))
    assert "not a folder inside the project" in refused(write(""))


@pytest.mark.parametrize("folder", [".venv/lib/site-packages/app", "dist-packages"])
def test_nothing_goes_into_an_installers_folder(write, folder):
    assert "belongs to an installer" in refused(write(f'models = "{folder}"\npackage = "app"'))


@pytest.mark.parametrize(
    ("schemas", "models"), [("app", "app/models"), ("app/s", "app"), ("a", "a")]
)
def test_schemas_and_models_are_apart(write, schemas, models):
    assert "inside one another" in refused(write(f'schemas = "{schemas}"\nmodels = "{models}"'))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("schemas = 1", "schemas is no text"),
        ('package = "app-x"', "cannot be imported"),
        ('package = "app.class"', "cannot be imported"),
        ('models = "my-models"', "cannot be imported"),
        ('table_prefix = "dev/"', "cannot be part of a table's name"),
        ('engine = "mysql"', "engine is 'mysql'"),
    ],
)
def test_wrong_values(write, body, says):
    assert says in refused(write(body))


def test_engines_are_those_there_are():
    from kxmodel.config import settings
    from kxmodel.engines import ENGINES

    assert set(settings._ENGINES) == {"auto", *ENGINES}


def test_broken_toml_has_its_place(write):
    path = write("models = \n")
    assert refused(path).startswith(f"{path}:2:")


def test_not_utf8(tmp_path):
    path = tmp_path / "kxmodel.toml"
    path.write_bytes(b'models = "\xff"')
    assert "cannot be read" in refused(path)


def test_deep_nesting_is_an_error_and_no_traceback(tmp_path):
    path = tmp_path / "kxmodel.toml"
    path.write_text("a = " + "[" * 100_000)
    refused(path)


@pytest.mark.parametrize("body", ['tool = "x"', "[tool]\nkxmodel = 3"])
def test_section_of_another_kind(tmp_path, body):
    path = tmp_path / "pyproject.toml"
    path.write_text(body)
    refused(path)


def test_the_nearest_file_holds(tmp_path):
    inner = tmp_path / "inner"
    (inner / "deep").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.kxmodel]\n")
    assert find_config(inner / "deep").root == tmp_path
    (inner / "pyproject.toml").write_text("[project]\n")  # says nothing of kxmodel
    assert find_config(inner / "deep").root == tmp_path
    (inner / "kxmodel.toml").write_text('models = "m"\n')
    config = find_config(inner / "deep")
    assert (config.root, config.models) == (inner, inner / "m")


def test_two_places_in_one_folder(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.kxmodel]\n")
    (tmp_path / "kxmodel.toml").write_text("")
    with pytest.raises(ConfigError, match="Keep one of them"):
        find_config(tmp_path)


def test_none_at_all(tmp_path):
    with pytest.raises(ConfigError, match="kxmodel init"):
        find_config(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="folders of Windows have no such mode")
def test_unreadable(write):
    path = write("")
    path.unlink()
    path.mkdir()
    assert "cannot be read" in refused(path)


def test_prices_are_numbers(write):
    config = read_config(write("price_per_million_write = 1\nprice_per_million_read = 0.25"))
    assert (config.price_per_million_write, config.price_per_million_read) == (1.0, 0.25)
    assert read_config(write("")).price_per_million_write is None


@pytest.mark.parametrize("value", ['"1"', "-1", "inf", "nan", "true"])
def test_a_price_that_is_none_is_refused(write, value):
    told = refused(write(f"price_per_million_read = {value}"))
    assert "price_per_million_read is" in told
    assert ":2:1" in told
