"""Living under one roof shows who somebody is, and no more (practice C4, C8).

Whoever works with one of a household saw of the others also how to reach them, where, by which names, and who acts for
them, and could change it. A confidential address is for the team of the person whose it is. What is known of somebody
who has a file of their own is changed there.
"""

from django.db import migrations

from alongside.foundations.rls import CLOSE, CLOSE_WRITE

TABLES = (
    "people_personname", "people_contactpoint", "people_address", "people_significantother", "people_representative",
    "confidentiality_sharingwish",
)  # fmt: skip
NARROWER = """
ALTER POLICY read_{table} ON {table} USING ({read});
ALTER POLICY add_{table} ON {table} WITH CHECK ({write});
ALTER POLICY change_{table} ON {table} USING ({write}) WITH CHECK ({write});
ALTER POLICY remove_{table} ON {table} USING ({write});
"""
# Somebody who shares a home with a client of one's own and has no file: known only through that client, and told of there.
CHANGES_HOUSEMATE = """
CREATE FUNCTION changes_housemate(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT changes_person(wanted) AND NOT has_a_file(wanted, '{}')
$$;
"""
OWN_FILE = f"({CLOSE_WRITE.replace('person_id', 'id')} OR changes_housemate(id))"
THE_PERSON = f"ALTER POLICY change_people_person ON people_person USING ({OWN_FILE}) WITH CHECK ({OWN_FILE});"


class Migration(migrations.Migration):
    dependencies = [("people", "0060_sign_in_rules"), ("confidentiality", "0043_kept_apart_here_too")]

    operations = [
        *(
            migrations.RunSQL(
                NARROWER.format(table=table, read=CLOSE, write=CLOSE_WRITE), reverse_sql=migrations.RunSQL.noop
            )
            for table in TABLES
        ),
        migrations.RunSQL(CHANGES_HOUSEMATE + THE_PERSON, reverse_sql=migrations.RunSQL.noop),
    ]
