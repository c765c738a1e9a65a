from django.urls import include, path

from accounts.views import (
    AccountViewSet,
    DeviceViewSet,
    PublicProfileViewSet,
    SignInViewSet,
    SignOutViewSet,
)

urlpatterns = [
    path(
        "users/me",
        AccountViewSet.as_view(
            {
                "get": "retrieve",
                "put": "update",
                "patch": "partial_update",
                "delete": "destroy",
            }
        ),
    ),
    path("users/me/password", AccountViewSet.as_view({"patch": "change_password"})),
    path("users/<str:user_id>", PublicProfileViewSet.as_view({"get": "retrieve"})),
    path("auth/register", SignInViewSet.as_view({"post": "register"})),
    path("auth/login", SignInViewSet.as_view({"post": "login"})),
    path("auth/refresh", SignInViewSet.as_view({"post": "refresh"})),
    path("auth/logout", SignOutViewSet.as_view({"post": "logout"})),
    path("auth/logout-all", AccountViewSet.as_view({"post": "logout_all"})),
    path("auth/me", AccountViewSet.as_view({"get": "who"})),
    path("auth/devices", DeviceViewSet.as_view({"get": "list"})),
    path("auth/devices/<str:device_id>", DeviceViewSet.as_view({"delete": "destroy"})),
    path("", include("accounts.by_mail.urls")),
    path("", include("accounts.preferences.urls")),
]
