"""The errors of accounts (docs/contract.md, Auth and Users)."""

from focusguard.api.exceptions import DomainError, NotFound


class UsernameTaken(DomainError):
    code = "USERNAME_TAKEN"
    message = "This username is taken."
    field = "username"


class EmailTaken(DomainError):
    code = "EMAIL_TAKEN"
    message = "This e-mail address is taken."
    field = "email"


class InvalidCredentials(DomainError):
    status_code = 401
    code = "INVALID_CREDENTIALS"
    message = "The username or the password is wrong."


class LoginRateLimited(DomainError):
    status_code = 429
    code = "LOGIN_RATE_LIMITED"
    message = "Too many failed attempts; try again later."


class HashingBusy(DomainError):
    status_code = 503
    code = "SIGN_IN_BUSY"
    message = "Too many people are signing in at this moment; try again in a second."


class TokenMissing(DomainError):
    status_code = 401
    code = "NOT_AUTHENTICATED"
    message = "Send a token: the cookie, refresh_token in the body, or Bearer."


class TokenInvalid(DomainError):
    status_code = 401
    code = "TOKEN_INVALID"
    refuses_token = True
    message = "The token is invalid or was revoked; sign in again."


class TokenExpired(DomainError):
    status_code = 401
    code = "TOKEN_EXPIRED"
    refuses_token = True
    message = "The token has expired."


class TokenReused(DomainError):
    status_code = 401
    code = "TOKEN_REUSED"
    refuses_token = True
    message = "This refresh token was used before; the device was signed out."


class OriginRefused(DomainError):
    status_code = 403
    code = "ORIGIN_REFUSED"
    message = (
        "The refresh cookie is taken only from our own origins; a program sends the "
        "token as refresh_token in the body."
    )


class WrongPassword(DomainError):
    status_code = 400
    code = "WRONG_PASSWORD"
    message = "The current password is wrong."
    field = "current_password"


class ProofRequired(DomainError):
    status_code = 403
    code = "PROOF_REQUIRED"
    message = "Prove who you are first: POST /api/auth/proof."


class LinkInvalid(DomainError):
    status_code = 400
    code = "LINK_INVALID"
    message = "This link was used, has expired or was overtaken; ask for a new one."


class EmailAlreadyVerified(DomainError):
    code = "EMAIL_ALREADY_VERIFIED"
    message = "This e-mail address is verified already."


class MailRateLimited(DomainError):
    status_code = 429
    code = "MAIL_RATE_LIMITED"
    message = "Too many mails were asked for; try again later."


class MailOff(DomainError):
    code = "MAIL_OFF"
    message = "This service sends no mail; ask whoever runs it."


class UserNotFound(NotFound):
    code = "USER_NOT_FOUND"
    message = "User not found"


class DeviceNotFound(NotFound):
    code = "DEVICE_NOT_FOUND"
    message = "Device not found"
