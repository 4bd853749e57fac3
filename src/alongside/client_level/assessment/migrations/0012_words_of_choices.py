"""The words of choices, as they are shown; nothing changes in the tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0011_place_sealed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="sitting",
            name="mode",
            field=models.CharField(
                choices=[
                    ("face", "Face to face"),
                    ("phone", "Phone"),
                    ("video", "Video call"),
                    ("text", "Text or e-mail"),
                    ("without", "Without the client"),
                ],
                default="face",
                max_length=8,
                verbose_name="how",
            ),
        ),
    ]
