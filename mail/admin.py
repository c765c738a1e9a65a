"""The outbox, for staff: what went out, what did not, and why."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from focusguard.admin.base import ReadOnlyAdmin, Refused
from focusguard.admin.filters import ConditionFilter, Conditions
from mail import letters, services
from mail.exceptions import CannotSendAgain
from mail.models import OutboxMail


class KindFilter(ConditionFilter):
    """The kinds that an app writes; to list those of the rows would read them all."""

    title = "kind"
    parameter_name = "kind"

    def conditions(self) -> Conditions:
        return {kind: (kind, Q(kind=kind)) for kind in letters.kinds()}


@admin.register(OutboxMail)
class OutboxAdmin(ReadOnlyAdmin):
    list_display = (
        "created_at",
        "kind",
        "state",
        "tries",
        "reason",
        "due_at",
        "ended_at",
        "user",
        "address",
    )
    list_filter: ClassVar[Any] = ("state", KindFilter)
    id_fields = ("pk", "user")
    # The key tells the time (UUIDv7), so this is newest first, by the primary key.
    ordering = ("-id",)
    sortable_by = ()
    fields = ("id", *list_display, "key", "data")
    actions: Any = ("send_again",)

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        """The right to change mails: a row itself is written by the system alone."""
        return request.user.has_perm("mail.change_outboxmail")

    @admin.action(description="Send again", permissions=["send_again"])
    def send_again(self, request: HttpRequest, mails: QuerySet[OutboxMail]) -> None:
        def act(mail: OutboxMail) -> str:
            try:
                services.send_again(mail_id=mail.pk)
            except CannotSendAgain as refused:
                raise Refused(str(refused)) from refused
            return "To be sent again."

        self.act_on_each(request, mails, act, "To be sent again")
