from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "focusguard.watch"
    label = "watch"
