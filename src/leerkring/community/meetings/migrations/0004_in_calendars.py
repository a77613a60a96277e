from uuid import uuid4

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 500


def give_identifiers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Meeting = apps.get_model("meetings", "Meeting")
    batch = []
    for meeting in Meeting.objects.filter(calendar_uid__isnull=True).only("pk").iterator(BATCH):
        meeting.calendar_uid = uuid4()
        batch.append(meeting)
        if len(batch) == BATCH:
            Meeting.objects.bulk_update(batch, ["calendar_uid"])
            batch = []
    Meeting.objects.bulk_update(batch, ["calendar_uid"])


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_came_in_at")]

    operations = [
        migrations.AddField("meeting", "calendar_sequence", models.PositiveIntegerField(default=0)),
        migrations.AddField("meeting", "calendar_uid", models.UUIDField(editable=False, null=True)),
        migrations.AddField("attendance", "expected_at", models.DateTimeField(null=True)),
        migrations.RunPython(give_identifiers, migrations.RunPython.noop),
        migrations.AlterField("meeting", "calendar_uid", models.UUIDField(default=uuid4, editable=False, unique=True)),
    ]
