from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_forming")]

    operations = [
        migrations.AddField(model_name="forming", name="thrown", field=models.JSONField(blank=True, default=dict)),
    ]
