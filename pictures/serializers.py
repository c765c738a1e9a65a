"""The shapes of pictures (docs/contract.md, Pictures)."""

from rest_framework import serializers

from focusguard.api.serializers.shown import ShownSerializer


class PictureSerializer(ShownSerializer):
    picture = serializers.CharField(help_text="The path of the picture.")
