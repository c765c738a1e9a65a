from io import StringIO

import pytest
from django.core.management import CommandError, call_command, get_commands

from focusguard.db.commands import OperatorCommand

OURS = {
    *("prune_auth_sessions", "prune_idempotent_answers", "rebuild_stats"),
    *("seed_demo", "settle_overdue_sessions", "unearned_plants", "verify_stats"),
}


class Count(OperatorCommand):
    """Count to three."""

    help = "Count to three.\n\n  manage.py count\n"
    requires_system_checks = ()

    def handle(self, *args, **options):
        with self.progress("steps", 3) as bar:
            for step in range(3):
                self.say(f"step {step}")
                bar.update()
        self.complain("step 3 is missing")


def count(**options):
    out, err = StringIO(), StringIO()
    call_command(Count(), **options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_command_says_on_stdout_and_complains_on_stderr():
    assert count() == ("step 0\nstep 1\nstep 2\n", "step 3 is missing\n")


def test_command_at_verbosity_0_says_only_what_failed():
    assert count(verbosity=0) == ("", "step 3 is missing\n")


@pytest.mark.parametrize(
    ("terminal", "verbosity", "drawn"),
    [(True, 1, True), (True, 0, False), (False, 1, False)],
)
def test_command_draws_a_bar_on_a_terminal_only(
    monkeypatch, capsys, terminal, verbosity, drawn
):
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal, raising=False)
    count(verbosity=verbosity)
    assert ("3.00/3.00" in capsys.readouterr().err) is drawn


@pytest.mark.parametrize("name", sorted(OURS))
def test_command_explains_itself_with_an_example(capsys, name):
    assert name in get_commands()
    with pytest.raises(SystemExit) as ended:
        call_command(name, "--help")
    assert ended.value.code == 0
    assert f"\n  manage.py {name}" in capsys.readouterr().out.replace("* * * * * ", "")


@pytest.mark.parametrize("size", ["0", "-1", "1e3", "ten", "٣", "9" * 50])
def test_command_refuses_a_number_that_is_none(size):
    with pytest.raises(CommandError, match="must be a whole number"):
        call_command("rebuild_stats", "--all", f"--batch-size={size}")
