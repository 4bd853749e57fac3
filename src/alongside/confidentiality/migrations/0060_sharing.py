"""Agreements between agencies, cases shared under them, and who may read those (practice C1, C4)."""

import django.db.models.deletion
from django.db import migrations, models

import alongside.foundations.ids
import alongside.foundations.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("confidentiality", "0060_keys_by_hash"),
        ("people", "0070_who_lives_with_her"),
    ]

    operations = [
        migrations.AlterField(
            model_name="disclosure",
            name="how",
            field=models.CharField(
                choices=[
                    ("packet", "as a packet on paper or file"),
                    ("aloud", "told aloud"),
                    ("referral", "with a referral"),
                    ("shared", "read here by another agency"),
                ],
                default="packet",
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "offered, not accepted yet"),
                            ("in_force", "in force"),
                            ("turned_down", "turned down"),
                            ("ended", "ended"),
                        ],
                        default="offered",
                        max_length=12,
                    ),
                ),
                ("purpose", models.CharField(max_length=300, verbose_name="what for")),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("why_ended", models.CharField(blank=True, default="", max_length=300, verbose_name="why it ended")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.staff",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.staff",
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseShare",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("program_id", models.UUIDField(editable=False)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "why_ended",
                    alongside.foundations.sealed.SealedText(blank=True, default="", verbose_name="why it ended"),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="confidentiality.agreement"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.case"),
                ),
                (
                    "disclosure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="confidentiality.disclosure"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.staff",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="confidentiality.release"
                    ),
                ),
                (
                    "shared_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShareReader",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("program_id", models.UUIDField(editable=False)),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.case"),
                ),
                (
                    "share",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readers",
                        to="confidentiality.caseshare",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("agency", models.F("other")), _negated=True), name="agreement_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"),
                name="agreement_has_a_span",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "in_force"), _negated=True), ("accepted_by__isnull", False), _connector="OR"
                ),
                name="agreement_in_force_is_accepted",
            ),
        ),
        migrations.AddIndex(
            model_name="caseshare",
            index=models.Index(fields=["case", "-since"], name="share_of_case"),
        ),
        migrations.AddConstraint(
            model_name="caseshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("since"))), name="share_has_a_span"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="share_ended_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="sharereader",
            index=models.Index(fields=["staff"], name="share_reader_of_staff"),
        ),
        migrations.AddConstraint(
            model_name="sharereader",
            constraint=models.UniqueConstraint(fields=("share", "staff"), name="named_once_a_share"),
        ),
    ]
