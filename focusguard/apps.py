from django.contrib.admin.apps import AdminConfig

from focusguard import lean_imports

# Before any model is imported; reporting, which needs one of them, is begun earlier.
lean_imports.leave_out()


class FocusGuardAdminConfig(AdminConfig):
    default_site = "focusguard.site.FocusGuardAdminSite"

    def ready(self) -> None:
        super().ready()
        lean_imports.allow()
        # Registers the deploy checks.
        from focusguard import checks  # noqa: F401  (registers the checks)
