"""The room begins; its tables follow, each in a migration of its own."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("people", "0005_plain_names"), ("foundations", "0005_look_subject")]
    operations = []
