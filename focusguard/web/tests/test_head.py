import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/health", "/api/users/me", "/docs"])
def test_head_answers_as_get_without_a_body(client, path):
    got, head = client.get(path), client.head(path)
    assert head.status_code == got.status_code
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert int(head.headers["Content-Length"]) > 0
    assert head.content == b""
