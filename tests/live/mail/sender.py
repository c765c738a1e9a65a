"""A sender as a process of its own, whose mails say hello: what a worker or cron runs.

`python -m tests.live.mail.sender` sends what is due, and says how many it tried.
"""

import sys

import django


def main() -> None:
    django.setup()
    from mail import letters, sending
    from mail.tests.letters import HELLO, hello

    letters.register(HELLO, hello)
    sys.stdout.write(f"{sending.send_due(10_000)}\n")


if __name__ == "__main__":
    main()
