from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0003_thrown")]

    operations = [
        migrations.AddField(
            model_name="candidate", name="choices_handed", field=models.JSONField(blank=True, default=list)
        ),
        migrations.RunSQL("UPDATE groups_candidate SET choices_handed = choices", migrations.RunSQL.noop),
    ]
