"""How tests read an answer."""


def refusal(response):
    """Return (status, code) of an error in the envelope of the contract."""
    detail = response.json()["detail"]
    assert detail.keys() - {"errors"} == {
        "message",
        "error_code",
        "status_code",
        "timestamp",
        "request_id",
    }
    assert detail["status_code"] == response.status_code
    return response.status_code, detail["error_code"]
