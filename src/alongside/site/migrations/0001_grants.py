"""Plain grants on the tables of libraries: sessions, sign-ins, the shared cache. None holds client content."""

from django.db import migrations

CACHE = """
CREATE TABLE site_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX site_cache_expires ON site_cache (expires);
"""
OPEN = ("site_cache", "django_session", "account_emailaddress", "account_emailconfirmation")
READ = ("django_content_type", "django_migrations", "auth_permission", "auth_group")


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_policy"), ("foundations", "0002_policy"), ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"), ("auth", "0012_alter_user_first_name_max_length"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]  # fmt: skip

    operations = [
        migrations.RunSQL(CACHE, reverse_sql="DROP TABLE site_cache"),
        *(
            migrations.RunSQL(
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO alongside_app", migrations.RunSQL.noop
            )
            for table in OPEN
        ),
        *(migrations.RunSQL(f"GRANT SELECT ON {table} TO alongside_app", migrations.RunSQL.noop) for table in READ),
        migrations.RunSQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO alongside_app", migrations.RunSQL.noop),
    ]
