"""What people do with completion and certificates."""

from leerkring.direction.programmes.completion.actions.certificates import (
    forget_holders,
    issue_certificate,
    issue_certificates,
    reissue_certificate,
    revoke_certificate,
)
from leerkring.direction.programmes.completion.actions.counting import complete_enrolments, recount
from leerkring.direction.programmes.completion.actions.exceptions import make_exception, take_exception_back

__all__ = [
    "complete_enrolments",
    "forget_holders",
    "issue_certificate",
    "issue_certificates",
    "make_exception",
    "recount",
    "reissue_certificate",
    "revoke_certificate",
    "take_exception_back",
]
