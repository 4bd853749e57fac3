"""The wrapped keys under which words are sealed. The application reaches them by functions only: it can list none."""

from django.db import migrations

TABLES = """
CREATE TABLE foundations_agencykey (
  agency_id uuid NOT NULL, generation integer NOT NULL, master varchar(16) NOT NULL, wrapped bytea NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (agency_id, generation)
);
CREATE TABLE foundations_datakey (
  keeper uuid PRIMARY KEY, agency_id uuid NOT NULL, generation integer, wrapped bytea,
  made_at timestamptz NOT NULL DEFAULT now(), destroyed_at timestamptz,
  CONSTRAINT datakey_under_agencykey FOREIGN KEY (agency_id, generation) REFERENCES foundations_agencykey (agency_id, generation),
  CONSTRAINT datakey_kept_or_destroyed CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL) AND (wrapped IS NULL) = (generation IS NULL))
);
CREATE INDEX datakey_by_generation ON foundations_datakey (agency_id, generation);
"""

FUNCTIONS = """
CREATE FUNCTION sealing_keys(wanted uuid[])
RETURNS TABLE (keeper uuid, agency uuid, generation integer, wrapped bytea, destroyed_at timestamptz, agency_wrapped bytea, master varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.keeper, d.agency_id, d.generation, d.wrapped, d.destroyed_at, a.wrapped, a.master FROM foundations_datakey d
  LEFT JOIN foundations_agencykey a ON a.agency_id = d.agency_id AND a.generation = d.generation WHERE d.keeper = ANY (wanted)
$$;

CREATE FUNCTION sealing_agency_key(wanted uuid) RETURNS TABLE (generation integer, agency_wrapped bytea, master varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT generation, wrapped, master FROM foundations_agencykey WHERE agency_id = wanted ORDER BY generation DESC LIMIT 1
$$;

CREATE FUNCTION sealing_has_begun() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM foundations_agencykey)
$$;

-- A key is made, and destroyed, only for one's own agency. The owner of the database, who sets up and restores, is not asked.
CREATE FUNCTION sealing_is_ours(agency uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT agency = my_agency() OR session_user = (SELECT tableowner FROM pg_tables WHERE tablename = 'foundations_datakey' AND schemaname = 'public')
$$;

CREATE FUNCTION sealing_agency_key_add(agency uuid, which integer, by_master varchar, with_key bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT coalesce(sealing_is_ours(agency), false) THEN RAISE insufficient_privilege; END IF;
  INSERT INTO foundations_agencykey (agency_id, generation, master, wrapped) VALUES (agency, which, by_master, with_key)
  ON CONFLICT DO NOTHING;
END $$;

-- False when the agency's key has just been replaced: the caller wraps once more, under the new one.
CREATE FUNCTION sealing_key_add(for_keeper uuid, agency uuid, which integer, with_key bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT coalesce(sealing_is_ours(agency), false) THEN RAISE insufficient_privilege; END IF;
  PERFORM 1 FROM foundations_agencykey WHERE agency_id = agency AND generation = which FOR KEY SHARE;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO foundations_datakey (keeper, agency_id, generation, wrapped) VALUES (for_keeper, agency, which, with_key)
  ON CONFLICT DO NOTHING;
  RETURN true;
END $$;

CREATE FUNCTION sealing_keys_destroy(wanted uuid[], at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone integer;
BEGIN
  IF EXISTS (SELECT 1 FROM foundations_datakey WHERE keeper = ANY (wanted) AND NOT coalesce(sealing_is_ours(agency_id), false)) THEN
    RAISE insufficient_privilege;
  END IF;
  UPDATE foundations_datakey SET wrapped = NULL, generation = NULL, destroyed_at = at
  WHERE keeper = ANY (wanted) AND destroyed_at IS NULL;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
"""

# A destroyed key never comes back, and a key stays with its keeper, for the owner too.
KEPT = """
CREATE FUNCTION datakey_only_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.destroyed_at IS NOT NULL OR NEW.keeper <> OLD.keeper OR NEW.agency_id <> OLD.agency_id THEN
    RAISE EXCEPTION 'a key is destroyed once and never moved' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER datakey_only_goes BEFORE UPDATE OR DELETE ON foundations_datakey FOR EACH ROW EXECUTE FUNCTION datakey_only_goes();
"""


class Migration(migrations.Migration):
    dependencies = [("foundations", "0005_look_subject"), ("people", "0002_policy")]

    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (TABLES, FUNCTIONS, KEPT)]
