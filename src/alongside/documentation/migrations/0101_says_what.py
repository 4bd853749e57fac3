"""Every step of the Thread says what it is. The verbs ask for it (practice A3, P2, P3, P4, I1); here nobody gets round them."""

from django.db import migrations, models

SAYS = {"need": ["title"], "goal": ["title"], "objective": ["title"], "activity": ["who", "what"], "service": ["what"]}


def _said(fields: list[str]) -> models.Q:
    first, *more = [models.Q((field, ""), _negated=True) for field in fields]
    return models.Q(first, *more) if more else first


class Migration(migrations.Migration):
    dependencies = [("documentation", "0100_titles_sealed")]

    operations = [
        migrations.AddConstraint(model, models.CheckConstraint(condition=_said(fields), name=f"{model}_says_what"))
        for model, fields in SAYS.items()
    ]
