from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "focusguard.api"
    label = "api"
