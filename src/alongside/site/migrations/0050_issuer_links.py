"""Whom the agency's own sign-in knows by which key (decision 0019). Read before anybody acts by one function, for one key."""

from django.db import migrations, models

import alongside.foundations.ids
from alongside.foundations.rls import OWN, SET_BY_ADMINISTRATORS, special_table

KEY = models.UUIDField(default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False)
# One's own and those of the staff whom one administers; only administrators take one away.
THEIRS = f"({OWN} OR {SET_BY_ADMINISTRATORS})"
ADD = f"(({OWN} AND agency_id = (SELECT my_agency())) OR {SET_BY_ADMINISTRATORS})"

# A link counts only for staff of the agency that wrote it: nobody links the staff of another.
KNOWN = """
CREATE FUNCTION account_known_by(said_issuer text, said_subject text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.account_id FROM site_issuerlink l JOIN people_staff s ON s.id = l.staff_id AND s.agency_id = l.agency_id
  WHERE l.issuer = said_issuer AND l.subject = said_subject
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("site", "0040_second_steps_sealed"), ("people", "0080_issuer_steps")]

    operations = [
        migrations.CreateModel(
            name="IssuerLink",
            fields=[
                ("id", KEY),
                ("agency_id", models.UUIDField()),
                ("staff_id", models.UUIDField()),
                ("issuer", models.CharField(max_length=300)),
                ("subject", models.CharField(max_length=255)),
                ("since", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_a_key"),
                    models.UniqueConstraint(fields=["staff_id", "issuer"], name="one_key_an_account"),
                ]
            },
        ),
        special_table(
            "site_issuerlink", read=THEIRS, write=SET_BY_ADMINISTRATORS, add=ADD, verbs="SELECT, INSERT, DELETE"
        ),
        migrations.RunSQL(KNOWN, reverse_sql="DROP FUNCTION account_known_by(text, text)"),
    ]
