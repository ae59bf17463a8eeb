"""The membership design: many-to-many in one table, tenants, items that expire."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kxmodel.errors import CursorError, NotUniqueError


def test_the_examples_are_stored_with_the_keys_they_show(membership: Any) -> None:
    from tests.examples.conftest import examples_of

    for entity, items in examples_of("membership").items():
        for item in items:
            stored = getattr(membership, entity).get(item["PK"], item["SK"])
            assert stored.to_json() == item


def test_many_to_many_is_read_from_both_ends(membership: Any) -> None:
    assert [m.user_id for m in membership.Membership.of_organisation("o-rowing")] == [
        "u-alan",
        "u-grace",
    ]
    assert [m.org_id for m in membership.Membership.of_user("u-alan")] == ["o-choir", "o-rowing"]
    alan = membership.User.with_memberships("u-alan")
    assert alan.one(membership.User).name == "Alan Mathison"
    assert len(alan.of(membership.Membership)) == 2


def test_an_organisation_comes_with_everything_that_belongs_to_it(membership: Any) -> None:
    overview = membership.Organisation.overview("o-rowing")
    assert overview.one(membership.Organisation).plan == "team"
    assert len(overview.of(membership.Membership)) == 2
    assert [i.email for i in overview.of(membership.Invitation)] == ["joan@example.com"]


def test_roles_are_a_sparse_index(membership: Any) -> None:
    assert [m.user_id for m in membership.Membership.with_role("o-rowing", "owner")] == ["u-grace"]
    assert list(membership.Membership.with_role("o-choir", "admin")) == []
    suspended = membership.Membership.find("o-choir", "u-alan")
    suspended.update(actions=[membership.Membership.status.set("active")])
    assert [m.user_id for m in membership.Membership.with_role("o-choir", "admin")] == ["u-alan"]


def test_addresses_are_found_across_organisations(membership: Any) -> None:
    assert membership.User.by_email(" Grace@Example.com").user_id == "u-grace"
    assert membership.Organisation.by_slug("harbour-choir").name == "Harbour Choir"
    (invitation,) = membership.Invitation.sent_to("joan@example.com")
    assert invitation.expires_at == datetime.fromtimestamp(1710579600, UTC)
    # The invited one has an account now: both share a partition, and neither pattern mixes them up.
    membership.User(user_id="u-joan", email="joan@example.com", name="Joan").save()
    assert membership.User.by_email("joan@example.com").user_id == "u-joan"
    assert len(membership.Invitation.sent_to("joan@example.com")) == 1


def test_two_accounts_with_one_address_are_both_named(membership: Any) -> None:
    membership.User(user_id="u-two", email="grace@example.com", name="Two").save()
    with pytest.raises(NotUniqueError) as caught:
        membership.User.by_email("grace@example.com")
    assert "u-grace" in str(caught.value)
    assert "u-two" in str(caught.value)


def test_a_cursor_of_one_organisation_is_refused_by_another(membership: Any) -> None:
    page = membership.Membership.of_organisation("o-rowing", limit=1)
    assert page.cursor is not None
    with pytest.raises(CursorError):
        membership.Membership.of_organisation("o-choir", cursor=page.cursor)
