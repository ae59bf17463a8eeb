"""The loader finds what botocore's own finds, and does not find what that does not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import UnknownServiceError
from botocore.loaders import JSONFileLoader, Loader, create_loader

from kxmodel.wire.install import install_in_session
from kxmodel.wire.loader import DirectLoader, direct_loader

TYPES = ("service-2", "endpoint-rule-set-1", "paginators-1")


@pytest.mark.parametrize("service", ["dynamodb", "sts", "sso", "sso-oidc", "ec2"])
@pytest.mark.parametrize("kind", TYPES)
def test_it_loads_what_botocore_loads(service: str, kind: str) -> None:
    plain = Loader()
    direct = DirectLoader(plain)
    assert direct.load_service_model(service, kind) == plain.load_service_model(service, kind)
    assert direct.search_paths == plain.search_paths
    assert direct.is_builtin_path(direct.load_data_with_path("endpoints")[1])


def test_what_is_not_there_is_told_as_by_botocore() -> None:
    plain = Loader()
    said = []
    for loader in (plain, DirectLoader(plain)):
        with pytest.raises(UnknownServiceError) as caught:
            loader.load_service_model("dynamo", "service-2")
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert DirectLoader(plain).list_available_services("service-2") == (
        plain.list_available_services("service-2")
    )


def test_a_users_own_folder_goes_first(tmp_path: Path) -> None:
    folder = tmp_path / "dynamodb" / "2099-01-01"
    folder.mkdir(parents=True)
    (folder / "service-2.json").write_text('{"metadata": {"serviceId": "mine"}}')
    loader = DirectLoader(create_loader(str(tmp_path)))
    found: Any = loader.load_service_model("dynamodb", "service-2")
    assert found["metadata"]["serviceId"] == "mine"


def test_it_lists_no_other_services_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[str] = []
    original = os.listdir

    def listdir(path: Any) -> list[str]:
        listed.append(str(path))
        return original(path)

    monkeypatch.setattr(os, "listdir", listdir)
    DirectLoader(Loader()).load_service_model("dynamodb", "service-2")
    assert listed
    assert all(Path(path).name == "dynamodb" for path in listed)


def test_a_users_own_reader_of_files_stays() -> None:
    class Mine(JSONFileLoader):
        pass

    assert type(direct_loader(Loader(file_loader=Mine())).file_loader) is Mine
    assert DirectLoader(Loader()).load_data("endpoints") == Loader().load_data("endpoints")


def test_what_one_client_has_read_the_next_does_not_read_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def model() -> Any:
        session = botocore.session.Session()
        install_in_session(session)
        return session.get_component("data_loader").load_service_model("dynamodb", "service-2")

    assert model() is model()
    # Other folders hold other models.
    folder = tmp_path / "dynamodb" / "2099-01-01"
    folder.mkdir(parents=True)
    (folder / "service-2.json").write_text('{"metadata": {"serviceId": "mine"}}')
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))
    assert model()["metadata"]["serviceId"] == "mine"
