from django.apps import AppConfig


class ChoresConfig(AppConfig):
    name = "tests.live.work"
    label = "chores"

    def ready(self):
        from mail import letters
        from mail.tests.letters import HELLO, hello
        from tests.live.work import chores

        letters.register(HELLO, hello)
        chores.register()
