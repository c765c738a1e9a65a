"""The operation of ways for the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample, extend_schema

from identity.ways.serializers import WaysSerializer

ways_in = extend_schema(
    operation_id="waysIn",
    summary="What this service offers around signing in",
    description="`mail`: whether mail is sent, so that addresses can be verified and "
    "forgotten passwords reset. `verification_required`: whether who has not verified "
    "an address stands on no board and is found by nobody. `second_factor`: whether an "
    "authenticator app can be set up. `passkeys`: whether people can have passkeys.",
    tags=["auth"],
    auth=[],
    examples=[
        OpenApiExample(
            "With mail and second factors",
            value={
                "mail": True,
                "verification_required": False,
                "providers": [{"id": "google", "name": "Google"}],
                "second_factor": True,
                "passkeys": True,
            },
            response_only=True,
        )
    ],
    responses={200: WaysSerializer},
)
