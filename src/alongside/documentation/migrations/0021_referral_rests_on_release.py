"""A referral is sent under a signed release of the same case; those sent before releases were kept stay as they are."""

from django.db import migrations

RESTS = """
ALTER TABLE documentation_referralout ADD CONSTRAINT referral_release_same_case
  FOREIGN KEY (release_id, case_id) REFERENCES confidentiality_release (id, case_id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION referral_rests_on_release() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM confidentiality_release r
                 WHERE r.id = NEW.release_id AND r.case_id = NEW.case_id AND r.state = 'signed') THEN
    RAISE EXCEPTION 'referral_needs_consent: no signed release' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $body$;
CREATE TRIGGER referral_rests_on_release BEFORE UPDATE ON documentation_referralout FOR EACH ROW
  WHEN (OLD.sent_on IS NULL AND OLD.state IN ('draft', 'closed')
        AND (NEW.sent_on IS NOT NULL OR NEW.state NOT IN ('draft', 'closed')))
  EXECUTE FUNCTION referral_rests_on_release();
"""


class Migration(migrations.Migration):
    dependencies = [("documentation", "0020_referral_release"), ("confidentiality", "0021_releases_policy")]

    operations = [migrations.RunSQL(RESTS, reverse_sql=migrations.RunSQL.noop)]
