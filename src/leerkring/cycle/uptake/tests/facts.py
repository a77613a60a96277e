from leerkring.platform.facts.models import FactRow


def facts_named(name: str) -> list[dict[str, object]]:
    """The ids of every fact of this name, in order."""
    return list(FactRow.objects.filter(name=name).order_by("id").values_list("ids", flat=True))
