from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    "CREATE TRIGGER facts_no_update BEFORE UPDATE ON facts_factrow BEGIN SELECT RAISE(ABORT, 'facts stay'); END",
    "CREATE TRIGGER facts_no_delete BEFORE DELETE ON facts_factrow BEGIN SELECT RAISE(ABORT, 'facts stay'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'facts stay'; END $$",
    "CREATE TRIGGER facts_no_change BEFORE UPDATE OR DELETE ON facts_factrow "
    "FOR EACH ROW EXECUTE FUNCTION facts_stay()",
]


def refuse_change(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_initial")]
    operations = [migrations.RunPython(refuse_change, migrations.RunPython.noop)]
