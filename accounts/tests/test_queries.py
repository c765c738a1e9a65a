import pytest

pytestmark = pytest.mark.django_db


def test_me_queries(as_alice, django_assert_num_queries):
    # The device with its user.
    with django_assert_num_queries(1):
        as_alice.get("/api/users/me")


def test_refresh_queries(as_alice, anonymous, django_assert_num_queries):
    body = {"refresh_token": as_alice.signed_in.refresh_token}
    # The device with its user; its next pair.
    with django_assert_num_queries(2):
        anonymous.post("/api/auth/refresh", body)
