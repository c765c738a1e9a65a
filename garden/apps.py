from django.apps import AppConfig


class GardenConfig(AppConfig):
    name = "garden"

    def ready(self) -> None:
        from garden import receivers

        receivers.connect()
