from leerkring.community.memberships.actions.newcomers import KEPT_FOR
from leerkring.community.memberships.models import Joining
from leerkring.platform import clock, jobs


@jobs.every(minutes=60, name="memberships.clean_joinings")
def clean_joinings() -> None:
    """Who filled in the form and never opened the mail is forgotten after a day, also when nobody else comes."""
    Joining.objects.filter(asked_at__lt=clock.now() - KEPT_FOR).delete()
