"""Policies of releases and disclosures; what was signed is fixed, and nothing is written as disclosed under no leave.

A release changes after its signature only by being taken back, replaced, or ended by what it waited for; once taken back
or replaced, not at all. A disclosure takes only the consultation and the telling that may follow it. One that says it
rests on a release needs a release of the same case, signed and in force at its own moment (practice C1, C2).
"""

from django.db import migrations

from alongside.foundations.rls import case_table, fixed_when, person_table, refused_when

SAME_CASE = """
ALTER TABLE confidentiality_disclosure ADD CONSTRAINT release_of_the_same_case
  FOREIGN KEY (release_id, case_id) REFERENCES confidentiality_release (id, case_id) DEFERRABLE INITIALLY DEFERRED;
"""
OVER = "OLD.state IN ('taken_back', 'replaced') OR (OLD.state <> 'draft' AND NEW.state = 'draft')"
LATER = ("state", "event_on", "taken_back_at", "taken_back_by", "taken_back_how", "taken_back_to_id", "edition")
FOLLOWS = (
    "consulted_with", "consulted_at", "advice", "consultation_by_id", "told", "told_on", "not_told_because", "edition",
)  # fmt: skip
UNDER_NO_LEAVE = """
(TG_OP = 'INSERT' AND NEW.rests_on = 'release' AND NOT EXISTS (
  SELECT 1 FROM confidentiality_release r WHERE r.id = NEW.release_id AND r.case_id = NEW.case_id AND r.state = 'signed'
    AND NEW.at::date BETWEEN r.starts_on AND r.ends_on AND (r.event_on IS NULL OR r.event_on > NEW.at::date)
    AND NEW.categories <@ r.categories AND NEW.marks <@ r.marks))
OR (TG_OP = 'UPDATE' AND OLD.consulted_at IS NOT NULL AND NEW.consulted_at IS DISTINCT FROM OLD.consulted_at)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("confidentiality", "0020_releases"),
        ("people", "0004_policy_closer"),
        ("foundations", "0002_policy"),
    ]

    operations = [
        case_table("confidentiality_release", keep=True),
        case_table("confidentiality_disclosure", keep=True),
        person_table("confidentiality_sharingwish"),
        migrations.RunSQL(SAME_CASE, reverse_sql=migrations.RunSQL.noop),
        fixed_when("confidentiality_release", "OLD.state <> 'draft'", may_change=LATER),
        refused_when("confidentiality_release", "UPDATE", f"({OVER}) AND NEW IS DISTINCT FROM OLD"),
        fixed_when("confidentiality_disclosure", "TRUE", may_change=FOLLOWS),
        refused_when("confidentiality_disclosure", "INSERT OR UPDATE", UNDER_NO_LEAVE),
    ]
