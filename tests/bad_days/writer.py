"""Records services one after the other in its own process and says each key once it is safe. It is there to be killed."""

import os
import sys

import django


def main() -> None:
    """Run with the case, staff, account and agency as arguments; ends when killed or after a thousand services."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings"
    django.setup()
    from uuid import UUID

    from alongside.client_level.intervention.actions.given import service_record
    from alongside.foundations import clock
    from alongside.foundations.actor import Actor, acting
    from alongside.foundations.roles import Role
    from alongside.people.models import Case

    case_id, staff, account, agency = map(UUID, sys.argv[1:5])
    actor = Actor(staff, agency, account, "Maren Achterberg", frozenset({Role.CASE_MANAGER}))
    for number in range(1000):
        with acting(actor):
            case = Case.objects.get(pk=case_id)
            service = service_record(
                actor, case=case, on=clock.today(), kind="network", what=f"Visit {number}", minutes=30, mode="face",
                stands_alone=True,
            )  # fmt: skip
        sys.stdout.write(f"{service.pk}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
