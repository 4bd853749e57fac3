"""Policies of the Thread's nouns, and that signed papers are fixed."""

from django.db import migrations

from alongside.foundations.rls import append_only, case_table, fixed_columns, fixed_when, refused_when

_OF_PLAN = """(SELECT v.state <> 'draft' FROM documentation_planversion v WHERE v.id = OLD.version_id)"""
_INTO_SIGNED = """TG_OP = 'INSERT' OR NEW.version_id <> OLD.version_id) AND (SELECT v.state <> 'draft' FROM documentation_planversion v WHERE v.id = NEW.version_id"""
_BACK_UNDER_SIGNATURE = """NEW.state = 'draft' AND OLD.state <> 'draft' AND EXISTS (SELECT 1 FROM documentation_signature s WHERE s.version_id = NEW.id)"""


class Migration(migrations.Migration):
    dependencies = [("documentation", "0001_first"), ("people", "0002_policy"), ("foundations", "0002_policy")]

    operations = [
        case_table("documentation_need", keep=True),
        *(
            case_table(f"documentation_{table}")
            for table in (
                "needdecision", "progress", "planversion", "goal", "objective", "activity", "signature", "service",
                "referralout", "note", "notelink", "addendum",
            )
        ),
        fixed_when("documentation_planversion", "OLD.state <> 'draft'", may_change=("state", "in_effect_on")),
        refused_when("documentation_planversion", "UPDATE", _BACK_UNDER_SIGNATURE),
        fixed_columns("documentation_need", "number", "case_id"),
        *(refused_when(f"documentation_{table}", "INSERT OR UPDATE", f"({_INTO_SIGNED})") for table in ("goal", "objective", "activity")),
        *(fixed_when(f"documentation_{table}", _OF_PLAN) for table in ("goal", "objective", "activity")),
        fixed_when("documentation_note", "OLD.state <> 'draft'", may_change=("state", "cosigner_id", "cosigned_at", "signed_at", "stands_alone")),
        refused_when("documentation_note", "UPDATE", "NEW.state = 'draft' AND OLD.state <> 'draft'"),
        append_only("documentation_addendum"),
        append_only("documentation_signature"),
    ]  # fmt: skip
