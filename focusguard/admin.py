"""The staff's site: the apps' pages behind one first page of today's figures."""

from django.contrib.admin import AdminSite


class FocusGuardAdminSite(AdminSite):
    site_header = "FocusGuard"
    site_title = "FocusGuard"
