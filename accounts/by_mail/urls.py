from django.urls import path

from accounts.by_mail.views import OpenByMailViewSet, OwnAddressViewSet

urlpatterns = [
    path("auth/email/verification", OwnAddressViewSet.as_view({"post": "send"})),
    path("auth/email/confirm", OpenByMailViewSet.as_view({"post": "confirm"})),
    path("auth/password/forgot", OpenByMailViewSet.as_view({"post": "forgot"})),
    path("auth/password/reset", OpenByMailViewSet.as_view({"post": "reset"})),
    path("users/me/pending-email", OwnAddressViewSet.as_view({"delete": "withdraw"})),
]
