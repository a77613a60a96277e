from leerkring.outward.dossier import actions, queries
from leerkring.platform import jobs


def give_up_making(*, dossier_id: int) -> None:
    dossier = queries.dossier_numbered(dossier_id)
    if dossier is not None:
        actions.fail_dossier(dossier=dossier)


@jobs.job("dossier.make", attempts=4, given_up=give_up_making)
def make_dossier_later(*, dossier_id: int) -> None:
    dossier = queries.dossier_numbered(dossier_id)
    if dossier is not None:
        actions.make_dossier(dossier=dossier)


@jobs.every(minutes=60, name="dossier.remove_old")
def remove_old_dossiers() -> None:
    """A dossier that was fetched lives elsewhere by now; ours goes after a week."""
    actions.remove_dossiers(dossiers=queries.dossiers_to_remove())
