"""A mail server for the demo and for trying out: each message becomes a file that a mail program opens."""

import secrets
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from leerkring.platform import clock


class FolderBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = settings.DATA / "mail"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = f"{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.eml"
            # A kill halfway leaves no half letter for a mail program to open.
            part = (folder / name).with_suffix(".part")
            part.write_bytes(message.message().as_bytes())
            part.rename(folder / name)
        return len(email_messages)
