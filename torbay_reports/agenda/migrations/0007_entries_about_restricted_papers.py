from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What was decided about a paper that is not for publication is added to and never altered, whichever way somebody
# tries. TRUNCATE stays possible: it belongs to who owns the table.
FORBID = """
CREATE FUNCTION agenda_decided_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was decided about a paper is neither changed nor deleted. Write a new row.'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER agenda_decided_for_good BEFORE UPDATE OR DELETE ON agenda_heldbackentry
    FOR EACH STATEMENT EXECUTE FUNCTION agenda_decided_for_good();
"""
ALLOW = """
DROP TRIGGER agenda_decided_for_good ON agenda_heldbackentry;
DROP FUNCTION agenda_decided_for_good();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("agenda", "0006_restricted_papers_say_nothing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="admission",
            name="until",
            field=models.DateField(default=date(2000, 1, 1), verbose_name="to, that day included"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="HeldBackEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grounds_set", "Grounds of a paper set"),
                            ("reader_admitted", "Reader admitted to a paper"),
                            ("councillors_decided", "Paper decided for all councillors"),
                            ("words_cleared", "Words of a paper cleared"),
                            ("paper_reviewed", "Exemption reviewed"),
                            ("paper_released", "Paper released"),
                        ],
                        max_length=30,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("says", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_back_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_back_entries",
                        to="agenda.paper",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry about a restricted paper",
                "verbose_name_plural": "entries about restricted papers",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("says", ""), _negated=True), name="agenda_heldbackentry_says_something"
                    )
                ],
            },
        ),
        migrations.RunSQL(FORBID, ALLOW),
    ]
