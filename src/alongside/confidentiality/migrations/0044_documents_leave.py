"""Documents are a part of the record that a release can name (practice C1)."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("confidentiality", "0043_kept_apart_here_too"),
    ]

    operations = [
        migrations.AlterField(
            model_name="disclosure",
            name="categories",
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
                default=list,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="release",
            name="categories",
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
                default=list,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="sharingwish",
            name="may_share",
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
    ]
