"""Conflicts of interest, urgent openings, who is let in to what is marked, and true names behind an alias."""

import django.db.models.deletion
from django.db import migrations, models

import alongside.foundations.ids
import alongside.foundations.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("confidentiality", "0001_room"),
        ("people", "0010_urgent_hours"),
    ]

    operations = [
        migrations.CreateModel(
            name="TrueName",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", alongside.foundations.sealed.SealedText(blank=True, default="")),
                ("legal_name", alongside.foundations.sealed.SealedText(blank=True, default="")),
                ("others", alongside.foundations.sealed.SealedText(blank=True, default="")),
                ("given_on", models.DateField()),
                ("reason", alongside.foundations.sealed.SealedText(blank=True, default="")),
                ("edition", models.PositiveIntegerField(default=1)),
                (
                    "given_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="true_name", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("program_id", models.UUIDField(editable=False)),
                ("reason", alongside.foundations.sealed.SealedText(blank=True, default="")),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("why_ended", alongside.foundations.sealed.SealedText(blank=True, default="")),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.case"),
                ),
                (
                    "declared_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
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
                    "staff",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["staff", "case"], name="conflict_of_staff")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="conflict_ends_after_it_began",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MarkReader",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("program_id", models.UUIDField(editable=False)),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("psychotherapy", "Psychotherapy"),
                            ("substance_use", "Substance use treatment"),
                            ("hiv", "HIV"),
                            ("domestic_violence", "Domestic violence"),
                            ("immigration", "Immigration"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("reason", alongside.foundations.sealed.SealedText(blank=True, default="")),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.case"),
                ),
                (
                    "named_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
                (
                    "staff",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["staff", "case"], name="mark_reader_of_staff")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="reading_ends_after_it_began",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UrgentOpening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("program_id", models.UUIDField(editable=False)),
                ("reason", alongside.foundations.sealed.SealedText(blank=True, default="")),
                ("began_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("fitting", models.BooleanField(null=True)),
                ("judgment", alongside.foundations.sealed.SealedText(blank=True, default="")),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.case"),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.staff",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["staff", "ends_at"], name="urgent_of_staff"),
                    models.Index(fields=["case", "-began_at"], name="urgent_of_case"),
                    models.Index(
                        condition=models.Q(("judged_at__isnull", True)), fields=["case"], name="urgent_unjudged"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("fitting__isnull", True), ("judged_at__isnull", True), ("judged_by__isnull", True)
                            ),
                            models.Q(
                                ("fitting__isnull", False), ("judged_at__isnull", False), ("judged_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="judged_whole",
                    )
                ],
            },
        ),
    ]
