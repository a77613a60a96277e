from django import template

from leerkring.platform.mail.queries import is_stuck

register = template.Library()


@register.inclusion_tag("mail/note.html")
def mail_note() -> dict[str, bool]:
    """For a page that sends somebody to their mail: whether that makes sense at this moment. The same for everybody."""
    return {"is_stuck": is_stuck()}
