"""Where staff are signed in, tries at the door, and the tables of second steps, which the library made."""

from django.db import migrations, models

import alongside.foundations.ids
from alongside.foundations.rls import OWN, SET_BY_ADMINISTRATORS, fixed_columns, open_table, special_table

# One's own, and those of the staff whom one administers, to end them.
THEIRS = f"({OWN} OR {SET_BY_ADMINISTRATORS})"
KEY = models.UUIDField(default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0001_grants"), ("people", "0060_sign_in_rules"), ("foundations", "0005_look_subject"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]  # fmt: skip

    operations = [
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", KEY),
                ("agency_id", models.UUIDField()),
                ("staff_id", models.UUIDField()),
                ("device", models.UUIDField()),
                ("device_name", models.CharField(max_length=80)),
                ("place", models.CharField(max_length=60)),
                ("how", models.CharField(max_length=20)),
                ("since", models.DateTimeField()),
                ("last_used", models.DateTimeField()),
                ("session_key", models.CharField(blank=True, default="", max_length=40)),
                ("new_device", models.BooleanField(default=False)),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={"indexes": [models.Index(fields=["staff_id", "-since"], name="sign_ins_of_staff")]},
        ),
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("failures", models.PositiveSmallIntegerField()),
                ("last_at", models.DateTimeField()),
            ],
            options={"verbose_name_plural": "tries"},
        ),
        special_table("site_signin", read=THEIRS, write=THEIRS, add=f"{OWN} AND agency_id = (SELECT my_agency())"),
        fixed_columns("site_signin", "agency_id", "staff_id", "since", "device"),
        open_table("site_tries"),
        open_table("mfa_authenticator"),
        migrations.RunSQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO alongside_app", migrations.RunSQL.noop),
    ]
