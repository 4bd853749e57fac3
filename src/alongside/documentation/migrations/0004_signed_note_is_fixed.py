"""Of a signed note nothing moves any more, not even for a verb that forgot: its day, its co-signature, what it concerns.

A note that waits for its co-signature gets it once, from the one who acts. What a signed note concerns may be added to
(a loose end is tied later, practice D1), never changed or taken away.
"""

from django.db import migrations

from alongside.foundations.rls import fixed_when, refused_when

_STEPS = """
  (OLD.state <> 'draft' AND NEW.state = 'draft')
  OR (OLD.state = 'signed' AND NEW.state <> 'signed')
  OR (NEW.state <> 'draft' AND NEW.signed_at IS NULL)
  OR (OLD.state = 'cosign' AND NEW.state = 'signed' AND (NEW.cosigner_id IS NULL OR NEW.cosigned_at IS NULL))
"""
_COSIGNATURE = """
  (ROW(NEW.cosigner_id, NEW.cosigned_at) IS DISTINCT FROM ROW(OLD.cosigner_id, OLD.cosigned_at)
   AND (OLD.state <> 'cosign' OR OLD.cosigner_id IS NOT NULL OR NEW.cosigner_id <> my_staff()))
"""
_LINK_OF_SIGNED = "coalesce((SELECT n.state <> 'draft' FROM documentation_note n WHERE n.id = OLD.note_id), true)"


class Migration(migrations.Migration):
    dependencies = [("documentation", "0003_open_page")]

    operations = [
        fixed_when(
            "documentation_note",
            "OLD.state <> 'draft'",
            may_change=("state", "cosigner_id", "cosigned_at", "stands_alone"),
            again=True,
        ),
        refused_when("documentation_note", "UPDATE", f"{_STEPS} OR {_COSIGNATURE}", again=True),
        fixed_when("documentation_notelink", _LINK_OF_SIGNED),
    ]
