from django.urls import path

from accounts.views import (
    AccountViewSet,
    DeviceViewSet,
    PublicProfileViewSet,
    SignInViewSet,
    SignOutViewSet,
)

app_name = "accounts"

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
        name="user-me",
    ),
    path(
        "users/me/password",
        AccountViewSet.as_view({"patch": "change_password"}),
        name="user-password",
    ),
    path(
        "users/<str:user_id>",
        PublicProfileViewSet.as_view({"get": "retrieve"}),
        name="user-detail",
    ),
    path(
        "auth/register",
        SignInViewSet.as_view({"post": "register"}),
        name="auth-register",
    ),
    path("auth/login", SignInViewSet.as_view({"post": "login"}), name="auth-login"),
    path(
        "auth/refresh", SignInViewSet.as_view({"post": "refresh"}), name="auth-refresh"
    ),
    path("auth/logout", SignOutViewSet.as_view({"post": "logout"}), name="auth-logout"),
    path(
        "auth/logout-all",
        AccountViewSet.as_view({"post": "logout_all"}),
        name="auth-logout-all",
    ),
    path("auth/me", AccountViewSet.as_view({"get": "who"}), name="auth-me"),
    path("auth/devices", DeviceViewSet.as_view({"get": "list"}), name="device-list"),
    path(
        "auth/devices/<str:device_id>",
        DeviceViewSet.as_view({"delete": "destroy"}),
        name="device-detail",
    ),
]
