"""Serializers that views share: bodies, answers, and parameters of the address."""
