from django.urls import path

from identity.second_factor.views import SecondFactorViewSet, SecondStepViewSet

urlpatterns = [
    path("auth/second-factor", SecondStepViewSet.as_view({"post": "finish"})),
    path(
        "auth/second-factor/options",
        SecondStepViewSet.as_view({"post": "options_of_passkey"}),
    ),
    path(
        "auth/totp",
        SecondFactorViewSet.as_view(
            {"get": "retrieve", "post": "begin", "delete": "remove"}
        ),
    ),
    path("auth/totp/confirm", SecondFactorViewSet.as_view({"post": "confirm"})),
    path("auth/recovery-codes", SecondFactorViewSet.as_view({"post": "make_codes"})),
]
