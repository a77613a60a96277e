"""A letter as it goes over the line."""

from email.utils import format_datetime

from django.core.mail import EmailMultiAlternatives

from leerkring.platform.mail.models import Letter


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The same at each attempt, so that a mail program that gets it twice knows it again."""
    message = EmailMultiAlternatives(subject=letter.subject, body=letter.body, to=[letter.address])
    message.reply_to = list(letter.reply_to)
    message.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        # Beside the text, not attached to it: Outlook and Gmail then ask for an answer, others show what it is.
        message.attach_alternative(letter.calendar, f"text/calendar; method={letter.calendar_method}")
    message.extra_headers = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.written_at),
        "Content-Language": letter.language,
        # Keeps absence notices away.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if letter.unsubscribe_url:
        message.extra_headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message
