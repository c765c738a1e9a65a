from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        # drf-spectacular finds the scheme of our tokens by its import.
        from accounts import schema  # noqa: F401  (registers the scheme)
        from accounts.by_mail.letters import register_letters

        register_letters()
