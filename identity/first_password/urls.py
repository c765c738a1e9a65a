from django.urls import path

from identity.first_password.views import FirstPasswordViewSet

urlpatterns = [
    path("auth/password", FirstPasswordViewSet.as_view({"post": "create"})),
]
