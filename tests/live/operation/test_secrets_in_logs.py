"""No log has what would open a door, or what outlives an account: not ours, not gunicorn's, not Postgres's."""

import pytest

from accounts.tests.factories import PASSWORD
from identity.tests.phone import KEYS, Phone
from tests.live.harness.stack import Request, running_stack
from tests.live.harness.user import register

TYPED = "what-somebody-typed-7"
WRITTEN = "somebody.who.left@focusguard.test"


@pytest.mark.row("D14")
def test_logs_have_no_secret(postgres, tmp_path):
    with running_stack(
        tmp_path,
        DATABASE_URL=postgres.url,
        LOG_LEVEL="DEBUG",
        ENCRYPTION_KEYS=KEYS[0],
    ) as stack:
        person = register(stack)
        tokens = {person.token, person.refresh_token}

        def ask(path, body=None, method="POST", **extra):
            answer = stack.send(Request(method, f"/api{path}", body, **extra))
            told = answer.json() if answer.content else {}
            tokens.update(
                told[name] for name in ("access_token", "refresh_token") if name in told
            )
            return answer

        name = person.username
        ask("/auth/login", {"username": name, "password": PASSWORD})
        ask("/auth/login", {"username": name, "password": TYPED})
        ask("/auth/login", {"username": TYPED, "password": PASSWORD, "more": TYPED})
        ask(f"/auth/login?password={TYPED}&refresh_token={person.token}", {})
        ask(
            "/auth/register", {"username": name, "email": "a@b.test", "password": TYPED}
        )
        ask("/auth/refresh", {"refresh_token": person.refresh_token})
        ask("/auth/refresh", {"refresh_token": TYPED})
        ask(
            "/users/me/password",
            {"current_password": PASSWORD, "new_password": f"new {TYPED}"},
            method="PATCH",
            token=person.token,
        )
        # A program's token: where it belongs, and where it does not.
        opened = ask(
            "/auth/login", {"username": name, "password": f"new {TYPED}"}
        ).json()
        timer = {"name": "Timer", "scopes": ["profile:read"], "expires_in_days": 1}
        made = ask("/auth/api-tokens", timer, token=opened["access_token"])
        program = made.json()["token"]
        tokens.add(program)
        assert ask("/users/me", method="GET", token=program).status_code == 200
        assert ask("/auth/api-tokens", timer, token=program).status_code == 403
        ask(f"/users/{program}", method="GET", token=program)
        ask(f"/users/me?token={program}", method="GET", token=program)
        ask("/auth/refresh", {"refresh_token": program})
        # A second factor: its secret, a code and a recovery code, right and wrong.
        setup = ask("/auth/totp", token=opened["access_token"]).json()
        code = {"code": Phone(setup["secret"]).code()}
        answer = ask("/auth/totp/confirm", code, token=opened["access_token"])
        recovery = answer.json()["recovery_codes"]
        tokens.update([setup["secret"], *recovery])
        signing = {"username": name, "password": f"new {TYPED}"}
        flow = ask("/auth/login", signing).json()["flow_token"]
        tokens.add(flow)
        second = "/auth/second-factor"
        ask(second, {"flow_token": flow, "recovery_code": TYPED})
        ask(f"{second}?flow_token={flow}", {"flow_token": flow})
        ask(second, {"flow_token": flow, "recovery_code": recovery[0]})
        ask("/auth/totp", method="DELETE", token=opened["access_token"])
        # Rows that the database refuses: by a rule that we foresee, and by another one.
        mail = f"{name}@focusguard.test"
        taken = {"username": "another", "email": mail, "password": PASSWORD}
        assert ask("/auth/register", taken).status_code == 409
        postgres.ask(
            "ALTER TABLE users ADD CONSTRAINT unforeseen CHECK (username <> 'forbidden')"
        )
        refused = {"username": "forbidden", "email": WRITTEN, "password": PASSWORD}
        assert ask("/auth/register", refused).status_code == 409
        # What fails in the database, and what fails in our own code.
        postgres.ask("ALTER TABLE auth_sessions RENAME TO elsewhere")
        assert ask("/users/me", method="GET", token=person.token).status_code == 500
        postgres.ask("ALTER TABLE api_tokens RENAME TO elsewhere_too")
        assert ask("/users/me", method="GET", token=program).status_code == 500
        broken = ask("/auth/login", {"username": name, "password": f"new {TYPED}"})
        assert broken.status_code == 500
    logs = stack.log.read_text() + postgres.log.read_text()
    assert "unhandled error" in logs
    assert "unforeseen" in stack.log.read_text()
    assert "unforeseen" in postgres.log.read_text()
    secrets = {
        PASSWORD,
        TYPED,
        WRITTEN,
        mail,
        "bcrypt",
        *tokens,
        *(token[-40:] for token in tokens),
    }
    assert [secret for secret in secrets if secret in logs] == []
