from django.urls import path

from identity.api_tokens.views import ApiTokenViewSet

urlpatterns = [
    path("auth/api-tokens", ApiTokenViewSet.as_view({"get": "list", "post": "create"})),
    path(
        "auth/api-tokens/<str:api_token_id>",
        ApiTokenViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
    ),
]
