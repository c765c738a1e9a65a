from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "identity"
    verbose_name = "Ways in"

    def ready(self) -> None:
        from accounts.devices.one_door import ask_second_factor_by
        from identity import (
            receivers,
            staff_checks,  # noqa: F401  (registers checks)
            way_in_notices,
            ways_in,
        )
        from identity.providers import linked
        from identity.second_factor.first_step import begin

        ask_second_factor_by(begin)
        receivers.connect()
        way_in_notices.register_letters()
        ways_in.COUNTERS.append(linked.count)
        self._passkeys()
        self._api_tokens()

    def _passkeys(self) -> None:
        from accounts.signals import trust_withdrawn
        from identity import ways_in
        from identity.credentials import passkeys_are
        from identity.passkeys import receivers, services, sign_in

        passkeys_are(sign_in.PasskeyFactor())
        ways_in.COUNTERS.append(services.count)
        trust_withdrawn.connect(
            receivers.forget_all, dispatch_uid="identity.forget_passkeys"
        )

    def _api_tokens(self) -> None:
        # drf-spectacular finds the scheme of our tokens by its import.
        from identity.api_tokens import schema  # noqa: F401  (registers the scheme)
        from identity.api_tokens.letters import register_letters
        from identity.api_tokens.receivers import connect

        register_letters()
        connect()
