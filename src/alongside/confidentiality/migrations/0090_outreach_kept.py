"""Outreach is kept as long as a rule says, and goes with the last of those who came from it (practice D6, E1)."""

from pathlib import Path

from django.db import migrations, models

KEPT = Path(__file__).resolve().parent.parent / "outreach_kept.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("confidentiality", "0086_what_a_share_is_for"),
        ("people", "0090_grounds_in_the_index"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="retentionrule",
            name="counted_from_what_it_has",
        ),
        migrations.AlterField(
            model_name="certificate",
            name="event",
            field=models.CharField(
                choices=[
                    ("closing", "the closing of the case"),
                    ("last_contact", "the last contact, or the closing if that is later"),
                    ("majority", "the client’s 18th birthday, or the closing if that is later"),
                    ("answer", "the answer to the referral"),
                    ("meeting", "the day of the outreach"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="certificate",
            name="kind",
            field=models.CharField(
                choices=[
                    ("case", "the whole case file"),
                    ("referral", "a referral that was not accepted"),
                    ("outreach", "outreach that led to no referral"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="disposal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("case", "the whole case file"),
                    ("referral", "a referral that was not accepted"),
                    ("outreach", "outreach that led to no referral"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="retentionrule",
            name="event",
            field=models.CharField(
                choices=[
                    ("closing", "the closing of the case"),
                    ("last_contact", "the last contact, or the closing if that is later"),
                    ("majority", "the client’s 18th birthday, or the closing if that is later"),
                    ("answer", "the answer to the referral"),
                    ("meeting", "the day of the outreach"),
                ],
                max_length=12,
                verbose_name="counted from",
            ),
        ),
        migrations.AlterField(
            model_name="retentionrule",
            name="kind",
            field=models.CharField(
                choices=[
                    ("case", "the whole case file"),
                    ("referral", "a referral that was not accepted"),
                    ("outreach", "outreach that led to no referral"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event__in", ["closing", "last_contact", "majority"]), ("kind", "case")),
                    models.Q(("event", "answer"), ("kind", "referral")),
                    models.Q(("event", "meeting"), ("kind", "outreach")),
                    _connector="OR",
                ),
                name="counted_from_what_it_has",
            ),
        ),
        migrations.RunSQL(KEPT.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
