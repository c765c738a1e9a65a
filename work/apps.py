from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "work"
    verbose_name = "Background work"

    def ready(self) -> None:
        from work import letters, receivers

        letters.register_letters()
        receivers.connect()
