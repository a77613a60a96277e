from leerkring.platform.facts.models import FactRow


def facts_named(name: str) -> list[dict[str, object]]:
    """Who did it and to what, without the community."""
    return [{"by": row.by_id, **row.ids} for row in FactRow.objects.filter(name=name).order_by("id")]
