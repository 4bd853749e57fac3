"""Sharing with another agency: who keeps its papers, and which rows a share shows (practice C1, C4, decision 0021).

A table that is not named here is closed to every share.
"""

from pathlib import Path

from django.db import migrations

from alongside.foundations.rls import (
    AGENCY,
    CASE_WRITE,
    case_table,
    fixed_columns,
    refused_when,
    shared_by,
    shared_of_person,
    special_table,
    where_it_is,
)

SHARING = Path(__file__).resolve().parent.parent / "sharing.sql"
EITHER = "((SELECT my_agency()) IN (agency_id, other_id))"
ADMINISTERED = f"({EITHER} AND (SELECT i_administer()))"
IN_MY_NAME = "(SELECT my_staff())"
# Only the other side accepts; an agreement that is over stays over; each step names who took it.
FORGED = """
  (OLD.state IN ('turned_down', 'ended') AND NEW IS DISTINCT FROM OLD)
  OR (NEW.state = 'offered' AND OLD.state <> 'offered') OR (NEW.state = 'ended' AND OLD.state = 'offered')
  OR (NEW.state = 'turned_down' AND OLD.state = 'in_force')
  OR (NEW.state = 'in_force' AND OLD.state = 'offered' AND my_agency() IS DISTINCT FROM NEW.other_id)
  OR (NEW.accepted_by_id IS DISTINCT FROM OLD.accepted_by_id
      AND (NEW.accepted_by_id IS DISTINCT FROM my_staff() OR OLD.state <> 'offered'))
"""
OVER = "OLD.ended_at IS NOT NULL AND NEW IS DISTINCT FROM OLD"
SETTLED = "state IN ('signing', 'in_effect', 'replaced')"


class Migration(migrations.Migration):
    dependencies = [
        ("confidentiality", "0060_sharing"), ("documentation", "0051_documents_policy"), ("assessment", "0010_marks"),
        ("people", "0070_who_lives_with_her"), ("foundations", "0023_reasons_sealed"), ("engagement", "0004_criteria_by_administrators"),
    ]  # fmt: skip

    operations = [
        special_table(
            "confidentiality_agreement", read=EITHER, write=ADMINISTERED,
            add=f"{AGENCY} AND (SELECT i_administer()) AND state = 'offered' AND offered_by_id = {IN_MY_NAME}",
        ),
        fixed_columns("confidentiality_agreement", "agency_id", "other_id", "purpose", "since", "until", "offered_by_id"),
        refused_when("confidentiality_agreement", "UPDATE", FORGED),
        case_table("confidentiality_caseshare", keep=True),
        where_it_is("confidentiality_caseshare", add=f"{CASE_WRITE} AND shared_by_id = {IN_MY_NAME}"),
        fixed_columns(
            "confidentiality_caseshare", "case_id", "agreement_id", "release_id", "disclosure_id", "since", "until",
            "shared_by_id",
        ),
        refused_when("confidentiality_caseshare", "UPDATE", OVER),
        case_table("confidentiality_sharereader", keep=True),
        fixed_columns("confidentiality_sharereader", "case_id", "share_id", "staff_id", "name"),
        migrations.RunSQL(SHARING.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        shared_of_person("people_contactpoint", "contact", when="safe"),
        shared_of_person("people_significantother", "people"),
        shared_by("documentation_need", "needs", day="found_on"),
        shared_by("documentation_planversion", "plan", day="made_on", when=SETTLED),
        *(
            shared_by(f"documentation_{table}", "plan", covers="opens_version(version_id)")
            for table in ("goal", "objective", "activity")
        ),
        shared_by("documentation_note", "notes", day="at::date", marks="marks", when="state <> 'draft'"),
        shared_by("documentation_addendum", "notes", covers="opens_note(note_id)"),
        shared_by("documentation_service", "services", day='"on"'),
        shared_by(
            "documentation_referralout", "referrals", day="sent_on",
            when="sent_on IS NOT NULL AND share_covers_all((SELECT my_shares()), case_id, gives, sent_on)",
        ),
        shared_by("documentation_document", "documents", day='"on"', marks="marks", when="aside_at IS NULL"),
        shared_by("documentation_documentfile", "documents", covers="opens_document(document_id)"),
        shared_by("assessment_sitting", "assessment", day='"on"', when="state = 'complete'"),
        shared_by("assessment_domainentry", "assessment", covers="opens_sitting(sitting_id)"),
        shared_by("assessment_finding", "assessment", covers="share_covers_finding(sitting_id, marks)"),
    ]  # fmt: skip
