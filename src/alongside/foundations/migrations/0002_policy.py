"""Who may see deeds, looks, papers' histories and drafts; and that the first three only grow."""

from django.db import migrations

from alongside.foundations.rls import append_only, own_table, special_table

_OF_CASE_OR_AGENCY = (
    "(case_id IS NOT NULL AND (case_id = ANY ((SELECT my_cases())::uuid[]) OR case_in_my_programs(case_id)))"
    " OR (case_id IS NULL AND agency_id = (SELECT my_agency()) AND (SELECT i_administer()))"
    " OR staff_id = (SELECT my_staff())"
)
_MINE = "agency_id = (SELECT my_agency()) AND staff_id = (SELECT my_staff())"


class Migration(migrations.Migration):
    dependencies = [("foundations", "0001_first"), ("people", "0002_policy")]

    operations = [
        special_table("foundations_deed", read=_OF_CASE_OR_AGENCY, write=_MINE, verbs="SELECT, INSERT"),
        special_table("foundations_look", read=_OF_CASE_OR_AGENCY, write="true", verbs="SELECT, INSERT"),
        special_table("foundations_statechange", read=_OF_CASE_OR_AGENCY, write=_MINE, verbs="SELECT, INSERT"),
        own_table("foundations_draft"),
        own_table("foundations_sentform"),
        append_only("foundations_deed"),
        append_only("foundations_look"),
        append_only("foundations_statechange"),
    ]
