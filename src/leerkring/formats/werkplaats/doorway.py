"""The way in, as one sees it on a wall: code, address and a picture of it for cameras."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from leerkring.platform.ui.qr import Picture, picture_of


@dataclass(frozen=True)
class Doorway:
    sign: str

    @property
    def code(self) -> str:
        """In two halves: that is how one reads and types it."""
        return f"{self.sign[:3]} {self.sign[3:]}"

    @property
    def spelled(self) -> str:
        """Sign by sign, for who hears it."""
        return " ".join(self.sign)

    @property
    def address(self) -> str:
        return f"{urlsplit(settings.BASE_URL).netloc}/w"

    @property
    def url(self) -> str:
        return f"{settings.BASE_URL}/w/{self.sign}/"

    @property
    def picture(self) -> Picture:
        return picture_of(self.url)
