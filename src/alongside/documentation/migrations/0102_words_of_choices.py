"""The words of choices, as they are shown; nothing changes in the tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documentation", "0101_says_what"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="sort",
            field=models.CharField(
                choices=[
                    ("identity", "ID"),
                    ("immigration", "Immigration paper"),
                    ("court", "Court or police"),
                    ("housing", "Lease or housing"),
                    ("health", "Health"),
                    ("money", "Income, benefits, bills"),
                    ("work", "School or work"),
                    ("letter", "Letter"),
                    ("signed", "Form signed on paper"),
                    ("picture", "Picture"),
                    ("other", "Something else"),
                ],
                default="other",
                max_length=12,
                verbose_name="sort",
            ),
        ),
        migrations.AlterField(
            model_name="need",
            name="extent",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "Little"), (2, "Some"), (3, "Serious"), (4, "Severe")], default=2
            ),
        ),
        migrations.AlterField(
            model_name="note",
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
        migrations.AlterField(
            model_name="service",
            name="mode",
            field=models.CharField(
                choices=[
                    ("face", "Face to face"),
                    ("phone", "Phone"),
                    ("video", "Video call"),
                    ("text", "Text or e-mail"),
                    ("without", "Without the client"),
                ],
                max_length=8,
            ),
        ),
    ]
