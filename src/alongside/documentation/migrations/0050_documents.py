"""Documents of a case and their files, sealed (practice C4, D2)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import alongside.foundations.ids
import alongside.foundations.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("documentation", "0040_fixed_but_for_disposal"),
        ("people", "0070_who_lives_with_her"),
    ]

    operations = [
        migrations.AlterField(
            model_name="referralout",
            name="gives",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("identity", "Name, birth date and language"),
                        ("contact", "How to reach them safely"),
                        ("people", "Family and household"),
                        ("assessment", "Assessment"),
                        ("needs", "Needs, in their own words"),
                        ("plan", "Service plan"),
                        ("notes", "Progress notes"),
                        ("services", "Services given"),
                        ("referrals", "Referrals to others"),
                        ("documents", "Documents and pictures"),
                    ],
                    max_length=12,
                ),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("program_id", models.UUIDField(editable=False)),
                ("title", alongside.foundations.sealed.SealedText(blank=True, default="", verbose_name="what it is")),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("identity", "Identity paper"),
                            ("immigration", "Immigration paper"),
                            ("court", "Court or police"),
                            ("housing", "Lease or housing"),
                            ("health", "Health"),
                            ("money", "Income, benefits, bills"),
                            ("work", "School or work"),
                            ("letter", "Letter"),
                            ("signed", "Form signed on paper"),
                            ("picture", "Picture"),
                            ("other", "Something else"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="sort",
                    ),
                ),
                ("on", models.DateField(verbose_name="dated")),
                ("source", alongside.foundations.sealed.SealedText(blank=True, default="", verbose_name="from whom")),
                (
                    "marks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("psychotherapy", "Psychotherapy"),
                                ("substance_use", "Substance use treatment"),
                                ("hiv", "HIV"),
                                ("domestic_violence", "Domestic violence"),
                                ("immigration", "Immigration"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("aside_at", models.DateTimeField(blank=True, null=True)),
                (
                    "aside_because",
                    alongside.foundations.sealed.SealedText(
                        blank=True, default="", verbose_name="why it was put aside"
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1)),
                (
                    "aside_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.staff",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staff"),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.case"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DocumentFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("program_id", models.UUIDField(editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("name", alongside.foundations.sealed.SealedText(blank=True, default="")),
                (
                    "media",
                    models.CharField(
                        choices=[("application/pdf", "PDF"), ("image/jpeg", "JPEG"), ("image/png", "PNG")],
                        max_length=20,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("checksum", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.case"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="documentation.document"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["case", "-on"], name="document_of_case"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("aside_at", None), ("aside_by", None)),
                    models.Q(("aside_at__isnull", False), ("aside_by__isnull", False)),
                    _connector="OR",
                ),
                name="put_aside_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentfile",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="one_file_of_a_number"),
        ),
    ]
