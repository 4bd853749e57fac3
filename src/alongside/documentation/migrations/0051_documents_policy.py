"""Who opens a document, as with notes; a file is never changed once it is stored, and belongs to a document of its case."""

from pathlib import Path

from django.db import migrations

from alongside.foundations.rls import case_table, fixed_columns, fixed_when

DOCUMENTS = Path(__file__).resolve().parent.parent / "documents.sql"
SAME_CASE = """
ALTER TABLE documentation_document ADD CONSTRAINT document_and_its_case UNIQUE (id, case_id);
ALTER TABLE documentation_documentfile ADD CONSTRAINT file_of_the_same_case
  FOREIGN KEY (document_id, case_id) REFERENCES documentation_document (id, case_id) DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("documentation", "0050_documents"), ("confidentiality", "0043_kept_apart_here_too")]

    operations = [
        case_table("documentation_document", keep=True),
        case_table("documentation_documentfile", keep=True),
        migrations.RunSQL(SAME_CASE, reverse_sql=migrations.RunSQL.noop),
        fixed_columns("documentation_document", "case_id", "program_id", "by_id", "at"),
        fixed_when("documentation_documentfile", "TRUE"),
        migrations.RunSQL(DOCUMENTS.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
