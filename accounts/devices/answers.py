"""The answers to a sign-in, for every route that ends in one."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.one_door import SecondStep, SignIn
from accounts.devices.refresh_cookie import set_refresh_cookie
from accounts.serializers import UserSerializer


def token_answer(request: Request, sign_in: SignIn, status: int = 200) -> Response:
    """Answer a new sign-in: the tokens in the body, the refresh token also as cookie."""
    response = body_token_answer(sign_in, status)
    set_refresh_cookie(request, response, sign_in)
    return response


def body_token_answer(sign_in: SignIn, status: int = 200) -> Response:
    """Answer a program, which keeps its refresh token itself."""
    body = answer_body(sign_in)
    return Response({**body, "refresh_token": sign_in.refresh_token}, status=status)


def answer_body(sign_in: SignIn) -> dict[str, Any]:
    return {
        "access_token": sign_in.access_token,
        "token_type": "bearer",
        "expires_in": round(settings.ACCESS_TOKEN_LIFETIME.total_seconds()),
        "user": UserSerializer(sign_in.user).data,
    }


def second_step_answer(step: SecondStep) -> Response:
    """Answer a sign-in that goes on at `POST /auth/second-factor`: 202, and no token."""
    body = {
        "flow_token": step.flow_token,
        "methods": step.methods,
        "expires_in": step.expires_in,
    }
    return Response(body, status=202)
