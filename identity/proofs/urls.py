from django.urls import path

from identity.proofs.views import ProofViewSet

urlpatterns = [
    path("auth/proof", ProofViewSet.as_view({"post": "prove"})),
    path("auth/proof/options", ProofViewSet.as_view({"post": "options_of_passkey"})),
]
