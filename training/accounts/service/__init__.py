"""What can be done with people, by topic; each function is one promise. `at` is the present instant."""

from training.accounts.service.accounts import NewAccount, admit_newcomer, make_account
from training.accounts.service.cleaning import clean_up_tokens
from training.accounts.service.codes import (
    hash_typed_code,
    issue_code,
    sign_in_with_code,
)
from training.accounts.service.entered import HasPasswordError, invite_entered
from training.accounts.service.invitations import (
    AlreadyHereError,
    Invitee,
    NewPerson,
    OnAccepted,
    accept_invitation,
    first_admin_link,
    invite,
)
from training.accounts.service.links import (
    issue_sign_in_link,
    request_reset,
    request_sign_in_link,
    reset_password,
    sign_in_with_link,
)
from training.accounts.service.own_account import (
    change_email,
    change_password,
    confirm,
    is_recently_confirmed,
    request_email_change,
    sign_out_there,
)
from training.accounts.service.people import (
    LastAdminError,
    change_rights,
    disable_person,
    enable_person,
    find_by_identifier,
    rename_person,
    sign_out_everywhere,
)
from training.accounts.service.requested import mail_requested_invitations, request_invitations
from training.accounts.service.signing_in import (
    Recognised,
    Visit,
    admit_code_try,
    admit_try,
    forget_tries,
    open_session,
    recognise,
    sign_in,
)

__all__ = [
    "AlreadyHereError",
    "HasPasswordError",
    "Invitee",
    "LastAdminError",
    "NewAccount",
    "NewPerson",
    "OnAccepted",
    "Recognised",
    "Visit",
    "accept_invitation",
    "admit_code_try",
    "admit_newcomer",
    "admit_try",
    "change_email",
    "change_password",
    "change_rights",
    "clean_up_tokens",
    "confirm",
    "disable_person",
    "enable_person",
    "find_by_identifier",
    "first_admin_link",
    "forget_tries",
    "hash_typed_code",
    "invite",
    "invite_entered",
    "is_recently_confirmed",
    "issue_code",
    "issue_sign_in_link",
    "mail_requested_invitations",
    "make_account",
    "open_session",
    "recognise",
    "rename_person",
    "request_email_change",
    "request_invitations",
    "request_reset",
    "request_sign_in_link",
    "reset_password",
    "sign_in",
    "sign_in_with_code",
    "sign_in_with_link",
    "sign_out_everywhere",
    "sign_out_there",
]
