from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "pictures"

    def ready(self) -> None:
        from pictures import receivers

        receivers.connect()
