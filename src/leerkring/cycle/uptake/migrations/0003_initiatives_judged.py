import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who joins an initiative gets a day, in the table that was there; judgements, links, and who does the next step."""

    dependencies = [
        ("people", "0001_initial"),
        ("uptake", "0002_commitments_looked_back"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="InitiativeOrganisation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "initiative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="joinings",
                                to="uptake.initiative",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "uptake_initiative_organisations",
                        "unique_together": {("initiative", "organisation")},
                    },
                ),
                migrations.AlterField(
                    model_name="initiative",
                    name="organisations",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="initiatives",
                        through="uptake.InitiativeOrganisation",
                        to="people.organisation",
                        verbose_name="municipalities that join",
                    ),
                ),
            ],
        ),
        migrations.AddField(model_name="initiativeorganisation", name="joined_on", field=models.DateField(null=True)),
        migrations.AddField(
            model_name="initiative",
            name="changes",
            field=models.ManyToManyField(blank=True, related_name="initiatives", to="uptake.change"),
        ),
        migrations.AddField(
            model_name="initiative",
            name="next_step_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.person",
                verbose_name="who does it",
            ),
        ),
        migrations.AddField(
            model_name="initiative",
            name="next_step_on",
            field=models.DateField(blank=True, null=True, verbose_name="before"),
        ),
        migrations.CreateModel(
            name="InitiativeJudgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "effort",
                    models.CharField(
                        choices=[("small", "small"), ("medium", "medium"), ("large", "large")],
                        max_length=6,
                        verbose_name="effort",
                    ),
                ),
                (
                    "impact",
                    models.CharField(
                        choices=[("small", "small"), ("medium", "medium"), ("large", "large")],
                        max_length=6,
                        verbose_name="impact",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="judgements", to="uptake.initiative"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="judgements", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("initiative", "person"), name="one_judgement_each")],
            },
        ),
    ]
