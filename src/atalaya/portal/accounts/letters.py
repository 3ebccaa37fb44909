"""What the portal writes to people, by e-mail and in one line on the next page: one entry a letter, translated by gettext.

`{link}` is the address that a letter leads to; a letter says nothing that its reader does not need, and no address of who asked.
"""

from dataclasses import dataclass

from atalaya.portal.core.letters import Paragraph, Written
from atalaya.portal.core.letters import written as rendered
from atalaya.translations import translate

DOMAIN = "accounts"


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and its paragraphs; `link` is what allauth calls the address that the letter leads to."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str = ""


NOT_ME = (
    "If it was not you, set a new password at once: somebody else may know the old one. "
    "Then write to those who run this portal."
)
NOT_ASKED = "If you did not ask for this, you need do nothing; nothing was changed."

LETTERS = {
    "account/email/account_already_exists": Letter(
        "you have an account already",
        (
            "Somebody, probably you, wanted to make an account with this e-mail address. There is one already.",
            "If you forgot its password, set a new one here: {link}",
            NOT_ASKED,
        ),
        "password_reset_url",
    ),
    "account/email/email_changed": Letter(
        "your e-mail address was changed", ("You sign in with another e-mail address from now on.", NOT_ME)
    ),
    "account/email/email_confirm": Letter("your e-mail address is confirmed", ("Your e-mail address is confirmed.",)),
    "account/email/email_confirmation": Letter(
        "confirm your e-mail address",
        ("To use this e-mail address in your account, confirm it here within three days: {link}", NOT_ASKED),
        "activate_url",
    ),
    "account/email/email_confirmation_signup": Letter(
        "confirm your e-mail address",
        ("To finish making your account, confirm this e-mail address here within three days: {link}", NOT_ASKED),
        "activate_url",
    ),
    "account/email/email_deleted": Letter(
        "an e-mail address was removed", ("An e-mail address was removed from your account.", NOT_ME)
    ),
    "account/email/password_changed": Letter("your password was changed", ("Your password was changed.", NOT_ME)),
    "account/email/password_reset": Letter("your password was changed", ("Your password was changed.", NOT_ME)),
    "account/email/password_reset_key": Letter(
        "set a new password",
        ("Somebody, probably you, asked for a new password. Set it here; the link works once: {link}", NOT_ASKED),
        "password_reset_url",
    ),
    "account/email/password_set": Letter("your account has a password", ("Your account has a password now.", NOT_ME)),
    "account/email/unknown_account": Letter(
        "there is no account with this address",
        (
            "Somebody, probably you, asked for a new password for this e-mail address. There is no account with it.",
            "You can make one here: {link}",
            NOT_ASKED,
        ),
        "signup_url",
    ),
    "mfa/email/recovery_codes_generated": Letter(
        "new recovery codes", ("New recovery codes were made for your account; the old ones no longer work.", NOT_ME)
    ),
    "mfa/email/totp_activated": Letter(
        "codes from an app are on", ("Signing in to your account now asks for a code from an app.", NOT_ME)
    ),
    "mfa/email/totp_deactivated": Letter(
        "codes from an app are off", ("Signing in to your account no longer asks for a code from an app.", NOT_ME)
    ),
    "mfa/email/webauthn_added": Letter(
        "a security key was added", ("A security key or passkey was added to your account.", NOT_ME)
    ),
    "mfa/email/webauthn_removed": Letter(
        "a security key was removed", ("A security key or passkey was removed from your account.", NOT_ME)
    ),
}

LINES = {
    "account/messages/email_confirmation_sent.txt": "We sent a letter to the new address; open the link in it to confirm it.",
    "account/messages/email_confirmed.txt": "Your e-mail address is confirmed.",
    "account/messages/email_confirmation_failed.txt": "This e-mail address belongs to another account and was not confirmed.",
    "account/messages/email_deleted.txt": "The e-mail address was removed.",
    "account/messages/logged_in.txt": "",
    "account/messages/logged_out.txt": "You are signed out.",
    "account/messages/password_changed.txt": "Your password was changed.",
    "account/messages/password_set.txt": "Your account has a password now.",
    "account/messages/primary_email_set.txt": "You sign in with the new e-mail address from now on.",
    "account/messages/unverified_primary_email.txt": "Confirm the e-mail address first.",
    "account/messages/cannot_delete_primary_email.txt": "The only e-mail address of an account cannot be removed.",
    "mfa/messages/recovery_codes_generated.txt": "Recovery codes were made; earlier ones no longer work.",
    "mfa/messages/totp_activated.txt": "Codes from an app are on.",
    "mfa/messages/totp_deactivated.txt": "Codes from an app are off.",
    "mfa/messages/webauthn_added.txt": "The security key was added.",
    "mfa/messages/webauthn_removed.txt": "The security key was removed.",
}

FAULTS = {
    "account_inactive": "This account is closed.",
    "add_email_blocked": "An account with a second step cannot take another address this way.",
    "cannot_delete_authenticator": "Your role asks for a second step: add another one before you take this one away.",
    "cannot_generate_recovery_codes": "Recovery codes come with a second step; set one up first.",
    "cannot_remove_primary_email": "The only e-mail address of an account cannot be removed.",
    "duplicate_email": "Your account has this e-mail address already.",
    "email_password_mismatch": "The e-mail address or the password is not right.",
    "email_taken": "This e-mail address cannot be used.",
    "enter_current_password": "Write your current password.",
    "incorrect_code": "The code is not right, or was used already; wait for the next one.",
    "incorrect_password": "The password is not right.",
    "invalid_login": "The e-mail address or the password is not right.",
    "invalid_or_expired_key": "This link is no longer good; ask for another.",
    "invalid_password_reset": "This link is no longer good; ask for another.",
    "same_as_current": "The new one must differ from the current one.",
    "too_many_login_attempts": "There were too many attempts; wait a quarter of an hour, or set a new password.",
    "unknown_email": "The e-mail address is not right.",
    "unverified_email": "Confirm your e-mail address first.",
    "unverified_primary_email": "Confirm your e-mail address first.",
    "rate_limited": "There were too many attempts; wait a while.",
}
"""What is wrong with what somebody wrote into a form, by the names that allauth gives to faults."""


def written(name: str, language: str, link: str) -> Written:
    """A letter in a language. Raises KeyError where there is no such letter."""
    letter = LETTERS[name]
    blocks = [Paragraph(translate(each, language, DOMAIN), link) for each in letter.paragraphs]
    return rendered(translate(letter.subject, language, DOMAIN), blocks, language)
