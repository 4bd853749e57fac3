"""Tables of policies, statements of disagreement, retention, holds and disposal (practice C6, D5, D6)."""

import django.db.models.deletion
from django.db import migrations, models

import alongside.foundations.ids
import alongside.foundations.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("confidentiality", "0031_trail_policy"),
        ("people", "0040_disposal_gate"),
    ]

    operations = [
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("case", "the whole case file"), ("referral", "a referral that was not accepted")],
                        max_length=8,
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("closing", "the closing of the case"),
                            ("last_contact", "the last contact, or the closing if that is later"),
                            ("majority", "the client’s 18th birthday, or the closing if that is later"),
                            ("answer", "the answer to the referral"),
                        ],
                        max_length=12,
                    ),
                ),
                ("years", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=200)),
                ("counts", models.JSONField(default=dict)),
                ("struck", models.PositiveIntegerField(default=0)),
                ("person_too", models.BooleanField(default=False)),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField()),
                ("done_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
                (
                    "done_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.program"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("program_id", models.UUIDField(editable=False)),
                (
                    "covers",
                    models.CharField(
                        choices=[("case", "this case"), ("person", "everything kept about this person")],
                        default="case",
                        max_length=6,
                        verbose_name="it covers",
                    ),
                ),
                (
                    "ground",
                    alongside.foundations.sealed.SealedText(blank=True, default="", verbose_name="on what ground"),
                ),
                ("since", models.DateField(verbose_name="since")),
                ("lifted_on", models.DateField(blank=True, null=True)),
                (
                    "lifted_why",
                    alongside.foundations.sealed.SealedText(blank=True, default="", verbose_name="why it is lifted"),
                ),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.case"),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.staff",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(blank=True, default="", max_length=40)),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "policies",
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("in_force", "in force"), ("replaced", "replaced")],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("words", models.TextField(verbose_name="the policy")),
                ("language", models.CharField(max_length=60, verbose_name="written in")),
                ("review_on", models.DateField(verbose_name="look at it again on")),
                ("in_force_on", models.DateField(blank=True, null=True)),
                ("edition", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="confidentiality.policy",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PolicyCopy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("program_id", models.UUIDField(editable=False)),
                ("language", models.CharField(max_length=60, verbose_name="in which language")),
                ("given_on", models.DateField(verbose_name="given on")),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.case"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="confidentiality.policyversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Acknowledgment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgments",
                        to="confidentiality.policyversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("case", "the whole case file"), ("referral", "a referral that was not accepted")],
                        max_length=8,
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("closing", "the closing of the case"),
                            ("last_contact", "the last contact, or the closing if that is later"),
                            ("majority", "the client’s 18th birthday, or the closing if that is later"),
                            ("answer", "the answer to the referral"),
                        ],
                        max_length=12,
                        verbose_name="counted from",
                    ),
                ),
                ("years", models.PositiveSmallIntegerField(verbose_name="years")),
                ("source", models.CharField(max_length=200, verbose_name="by which law, contract or policy")),
                ("edition", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.program",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Disposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("case", "the whole case file"), ("referral", "a referral that was not accepted")],
                        max_length=8,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("approved", "approved"), ("turned_down", "turned down")],
                        default="proposed",
                        max_length=11,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agency"
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.staff",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.case",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.program"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="confidentiality.retentionrule",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("program_id", models.UUIDField(editable=False)),
                ("kind", models.CharField(max_length=20)),
                ("record_id", models.UUIDField()),
                (
                    "words",
                    alongside.foundations.sealed.SealedText(
                        blank=True, default="", verbose_name="in the client's words"
                    ),
                ),
                ("said_on", models.DateField(verbose_name="said on")),
                ("taken_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.case"),
                ),
                (
                    "taken_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StatementReply",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("program_id", models.UUIDField(editable=False)),
                ("words", alongside.foundations.sealed.SealedText(blank=True, default="", verbose_name="the reply")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.case"),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="confidentiality.statement",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.UniqueConstraint(fields=("agency", "title"), name="one_policy_of_a_title"),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(fields=("policy", "number"), name="policy_version_once"),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_force")), fields=("policy",), name="one_policy_version_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("policy",), name="one_policy_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "draft"), ("in_force_on__isnull", False), _connector="OR"),
                name="in_force_from_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="acknowledgment",
            constraint=models.UniqueConstraint(fields=("version", "staff"), name="acknowledged_once"),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.UniqueConstraint(
                fields=("agency", "program", "kind"), name="one_rule_for_a_kind", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(condition=models.Q(("years__gte", 1)), name="kept_a_year_at_least"),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event__in", ["closing", "last_contact", "majority"]), ("kind", "case")),
                    models.Q(("event", "answer"), ("kind", "referral")),
                    _connector="OR",
                ),
                name="counted_from_what_it_has",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="approved_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "approved"])),
                fields=("subject_id",),
                name="one_proposal_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["case", "kind", "record_id"], name="statements_beside"),
        ),
    ]
