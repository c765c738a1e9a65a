from django.urls import path

from identity.passkeys.views import OwnPasskeysViewSet, PasskeySignInViewSet

urlpatterns = [
    path("auth/passkey/options", PasskeySignInViewSet.as_view({"post": "begin"})),
    path("auth/passkey", PasskeySignInViewSet.as_view({"post": "sign_in"})),
    path("auth/passkeys/options", OwnPasskeysViewSet.as_view({"post": "begin"})),
    path(
        "auth/passkeys", OwnPasskeysViewSet.as_view({"get": "list", "post": "create"})
    ),
    path(
        "auth/passkeys/<str:passkey_id>",
        OwnPasskeysViewSet.as_view({"patch": "partial_update", "delete": "destroy"}),
    ),
]
