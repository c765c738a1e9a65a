from django.urls import path

from identity.providers.views import (
    CallbackViewSet,
    FinishViewSet,
    LinkedIdentityViewSet,
    StartViewSet,
)

urlpatterns = [
    path("auth/oauth/<str:provider>/start", StartViewSet.as_view({"post": "start"})),
    path(
        "auth/oauth/<str:provider>/callback",
        CallbackViewSet.as_view({"get": "callback"}),
    ),
    path(
        "auth/oauth/finish",
        FinishViewSet.as_view({"get": "waiting", "post": "finish"}),
    ),
    path("auth/identities", LinkedIdentityViewSet.as_view({"get": "list"})),
    path(
        "auth/identities/<str:identity_id>",
        LinkedIdentityViewSet.as_view({"delete": "destroy"}),
    ),
]
