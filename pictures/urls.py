from django.urls import path

from pictures.views import OwnPictureViewSet, PictureViewSet

urlpatterns = [
    path(
        "users/me/picture",
        OwnPictureViewSet.as_view({"put": "update", "delete": "destroy"}),
    ),
    path(
        "pictures/<str:picture_name>.webp", PictureViewSet.as_view({"get": "retrieve"})
    ),
]
