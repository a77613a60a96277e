from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Of a version, only its state, its label and the link to who set it may change.
VERSIONS_UPDATE = (
    "CREATE TRIGGER versions_no_update BEFORE UPDATE OF agenda_id, community_id, number, meeting_id, meeting_title, "
    "decision, set_on, set_at, set_by_name, stubborn_after, note ON agenda_agendaversion "
)
SQLITE = [
    "CREATE TRIGGER entries_no_update BEFORE UPDATE ON agenda_agendaentry "
    "BEGIN SELECT RAISE(ABORT, 'a set version stays as it is'); END",
    "CREATE TRIGGER entries_no_delete BEFORE DELETE ON agenda_agendaentry "
    "BEGIN SELECT RAISE(ABORT, 'a set version stays as it is'); END",
    VERSIONS_UPDATE + "BEGIN SELECT RAISE(ABORT, 'a set version stays as it is'); END",
    "CREATE TRIGGER versions_no_delete BEFORE DELETE ON agenda_agendaversion "
    "BEGIN SELECT RAISE(ABORT, 'a set version stays as it is'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION versions_stay() RETURNS trigger LANGUAGE plpgsql "
    "AS $$ BEGIN RAISE EXCEPTION 'a set version stays as it is'; END $$",
    "CREATE TRIGGER entries_no_change BEFORE UPDATE OR DELETE ON agenda_agendaentry "
    "FOR EACH ROW EXECUTE FUNCTION versions_stay()",
    VERSIONS_UPDATE + "FOR EACH ROW EXECUTE FUNCTION versions_stay()",
    "CREATE TRIGGER versions_no_delete BEFORE DELETE ON agenda_agendaversion "
    "FOR EACH ROW EXECUTE FUNCTION versions_stay()",
]


def refuse_change(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("agenda", "0001_initial")]
    operations = [migrations.RunPython(refuse_change, migrations.RunPython.noop)]
