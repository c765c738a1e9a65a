"""The shape of a first password (docs/contract.md, Providers)."""

from accounts.models import User
from accounts.serializers import NewPasswordField
from focusguard.api.serializers.strict import StrictSerializer


class FirstPasswordSerializer(StrictSerializer):
    new_password = NewPasswordField()

    def whose(self) -> User:
        user: User = self.context["request"].user
        return user
