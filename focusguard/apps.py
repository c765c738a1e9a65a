from django.contrib.admin.apps import AdminConfig


class FocusGuardAdminConfig(AdminConfig):
    default_site = "focusguard.admin.FocusGuardAdminSite"
