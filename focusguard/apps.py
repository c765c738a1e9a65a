from django.contrib.admin.apps import AdminConfig


class FocusGuardAdminConfig(AdminConfig):
    default_site = "focusguard.site.FocusGuardAdminSite"

    def ready(self) -> None:
        super().ready()
        # Registers the deploy checks.
        from focusguard import checks  # noqa: F401  (registers the checks)
