"""What one takes along, said in one way, so that a list for a whole meeting holds each thing once."""

from django.utils.translation import gettext_lazy as _

CLOCK = _("A clock or timer that all can see")
BELL = _("A bell")
MARKERS = _("Markers, one for each")
NOTES = _("Sticky notes, a pad for each")
FLIPS = _("Flip charts, one for each group")
TAPE = _("Tape")
PENS = _("Paper and pens")
DOTS = _("Dot stickers, three for each")
CHAIRS = _("Chairs without tables")
WALL = _("A bare wall of three metres")
