"""Django's settings for accounts: how people sign in, what a password must be, and how the second step works."""

import pghistory

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
"""Memory-hard, as OWASP's Password Storage Cheat Sheet (2025) asks, and of a tenth of the time that PBKDF2 takes at its count."""

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email",)},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
"""Length and no known password; no rules on kinds of characters, which make passwords worse (NIST SP 800-63B, 5.1.1.2)."""

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"

ACCOUNT_ADAPTER = "atalaya.portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
_FORMS = "atalaya.portal.accounts.forms."
ACCOUNT_FORMS = {
    "login": f"{_FORMS}Login",
    "signup": f"{_FORMS}Signup",
    "add_email": f"{_FORMS}Address",
    "change_password": f"{_FORMS}Change",
    "set_password": f"{_FORMS}First",
    "reset_password": f"{_FORMS}Forgotten",
    "reset_password_from_key": f"{_FORMS}Anew",
    "reauthenticate": f"{_FORMS}Again",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}Code",
    "reauthenticate": f"{_FORMS}CodeAgain",
    "activate_totp": f"{_FORMS}App",
    "add_webauthn": f"{_FORMS}Key",
    "edit_webauthn": f"{_FORMS}Rename",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
"""An address without an account gets a letter too: the page and the time that it takes are the same."""

ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600

MFA_ADAPTER = "atalaya.portal.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Atalaya"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
"""Nobody signs in with an address that was not confirmed; this lets people with a second step change theirs."""

PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
"""Each entry of the trail has with it who and which route it was, so that it can be read without another table."""
