"""Documents on paper: PDF by typst, tagged for those who do not see it. README.md tells how."""

from leerkring.platform.documents.making import Document, made

__all__ = ["Document", "made"]
