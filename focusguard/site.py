"""The staff's site: the apps' pages behind one first page of today's figures."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import PasswordChangeView, redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from accounts.exceptions import (
    HashingBusy,
    LoginRateLimited,
    TokenInvalid,
    WrongPassword,
)
from accounts.forms import StaffPasswordChangeForm
from accounts.services import change_password
from focusguard.admin.chart import BAR_WIDTH, HEIGHT, STEP, bars
from focusguard.api.exceptions import DomainError
from focusguard.web.client_address import address_bucket
from identity.staff_form import StaffSecondFactorForm
from stats import selectors


class StaffPasswordChangeView(PasswordChangeView):
    """Change one's own password as the API does: every device is signed out."""

    form_class = StaffPasswordChangeForm

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            change_password(
                user=form.user,
                current_password=form.cleaned_data["old_password"],
                new_password=form.cleaned_data["new_password1"],
                keep_device_id=None,
                address=address_bucket(self.request),
            )
        except WrongPassword as refused:
            form.add_error("old_password", refused.detail)
            return self.form_invalid(form)
        except (LoginRateLimited, HashingBusy) as refusal:
            form.add_error(None, refusal.detail)
            return _refuse(self.form_invalid(form), refusal)
        except TokenInvalid:
            # Signed out everywhere, or deactivated, while the passwords were hashed.
            return redirect_to_login(self.request.get_full_path())
        # Not the parent's: its form would save the whole row, and XP just earned with it.
        form.user.refresh_from_db(fields=["password"])
        update_session_auth_hash(self.request, form.user)
        return HttpResponseRedirect(self.get_success_url())


class FocusGuardAdminSite(AdminSite):
    site_header = "FocusGuard"
    site_title = "FocusGuard"
    index_title = "Today"
    login_form = StaffSecondFactorForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Let staff in, and where it is asked of them only with a second factor.

        Of each request: a session may be from before the rule, or its factor gone since.
        """
        allowed = super().has_permission(request)
        if not (allowed and settings.REQUIRE_STAFF_SECOND_FACTOR):
            return allowed
        return request.user.is_authenticated and request.user.second_factor

    def get_urls(self) -> list[Any]:
        # No row has a page outside; the way there stumbles over ids that are none.
        return [
            url
            for url in super().get_urls()
            if getattr(url, "name", "") != "view_on_site"
        ]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        summary = selectors.summary()
        recent = selectors.recent_days()
        context = {
            "figures": {
                "Users": f"{summary.total_users:,}",
                "Active today": f"{summary.active_users_today:,}",
                "Sessions today": f"{recent.sessions_today:,}",
                "Minutes credited today": f"{recent.focus_min_today:,}",
                "Minutes credited in all": f"{summary.total_focus_min:,}",
            },
            "counted_at": summary.updated_at,
            "bars": bars(recent.sessions),
            "chart_width": STEP * len(recent.sessions),
            "chart_height": HEIGHT,
            "bar_width": BAR_WIDTH,
        }
        return super().index(request, context | (extra_context or {}))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().login(request, extra_context)
        form = getattr(response, "context_data", {}).get("form")
        if form is None or form.refusal is None:
            return response
        return _refuse(response, form.refusal)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        request.current_app = self.name
        view = StaffPasswordChangeView.as_view(
            template_name="registration/password_change_form.html",
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context=self.each_context(request) | (extra_context or {}),
        )
        return view(request)


def _refuse(response: HttpResponse, refusal: DomainError) -> HttpResponse:
    response.status_code = refusal.status_code
    response["Retry-After"] = str(refusal.retry_after)
    return response
