"""Who reads and writes policies, statements, rules, holds and proposals; and what of them never changes."""

from django.db import migrations

from alongside.foundations.rls import (
    AGENCY,
    CASE_READ,
    CASE_WRITE,
    OWN,
    admin_table,
    append_only,
    case_table,
    fixed_columns,
    fixed_when,
    refused_when,
    special_table,
)

_AT_DOOR = "(case_id IS NULL AND (program_id = ANY ((SELECT my_doors())::uuid[]) OR program_id = ANY ((SELECT my_programs())::uuid[])))"
_READ, _WRITE = f"({CASE_READ} OR {_AT_DOOR})", f"({CASE_WRITE} OR {_AT_DOOR})"
# Nobody proposes or approves in another's name, and a proposal says for ever who made it.
_FORGED = """
  (TG_OP = 'INSERT' AND (NEW.state <> 'proposed' OR NEW.approved_by_id IS NOT NULL))
  OR (TG_OP = 'UPDATE' AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id
      AND (OLD.state <> 'proposed' OR NEW.approved_by_id IS DISTINCT FROM my_staff()))
  OR (TG_OP = 'UPDATE' AND OLD.state = 'turned_down')
"""
_BACK = """
  (OLD.state <> 'draft' AND NEW.state = 'draft') OR (OLD.state = 'replaced' AND NEW.state <> 'replaced')
"""


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0040_policies_and_retention")]

    operations = [
        admin_table("confidentiality_policy"),
        admin_table("confidentiality_policyversion"),
        fixed_when("confidentiality_policyversion", "OLD.state <> 'draft'", may_change=("state",)),
        refused_when("confidentiality_policyversion", "UPDATE", _BACK),
        special_table(
            "confidentiality_acknowledgment", read=AGENCY, write=f"{AGENCY} AND {OWN}", verbs="SELECT, INSERT"
        ),
        append_only("confidentiality_acknowledgment"),
        case_table("confidentiality_policycopy", keep=True),
        append_only("confidentiality_policycopy"),
        case_table("confidentiality_statement", keep=True),
        append_only("confidentiality_statement"),
        case_table("confidentiality_statementreply", keep=True),
        append_only("confidentiality_statementreply"),
        admin_table("confidentiality_retentionrule"),
        case_table("confidentiality_hold", keep=True),
        fixed_columns("confidentiality_hold", "case_id", "covers", "ground", "since", "by_id"),
        fixed_when("confidentiality_hold", "OLD.lifted_on IS NOT NULL"),
        special_table(
            "confidentiality_disposal", read=f"{AGENCY} AND {_READ}", write=f"{AGENCY} AND {_WRITE}",
            add=f"{AGENCY} AND {_WRITE} AND proposed_by_id = (SELECT my_staff())",
        ),
        refused_when("confidentiality_disposal", "INSERT OR UPDATE", _FORGED),
        fixed_columns(
            "confidentiality_disposal", "agency_id", "program_id", "kind", "case_id", "subject_id", "rule_id",
            "proposed_by_id", "proposed_at",
        ),
        special_table("confidentiality_certificate", read=AGENCY, write="false", verbs="SELECT"),
        append_only("confidentiality_certificate"),
    ]  # fmt: skip
