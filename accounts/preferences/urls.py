from django.urls import path

from accounts.preferences.views import PreferencesViewSet

urlpatterns = [
    path(
        "users/me/preferences",
        PreferencesViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
    ),
]
