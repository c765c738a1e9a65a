from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "focusguard.demo"
    label = "demo"
