"""The command `alongside`. Errors are one sentence that says what to do; 2 is a wrong call, 1 a failed job."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

Job = Callable[[argparse.Namespace], int]


def main(argv: list[str] | None = None) -> int:
    """Read the call, bring up the database it needs, do the job."""
    from alongside.foundations.errors import AlongsideError
    from alongside.site import commands
    from alongside.site.failed import Failed

    parser = argparse.ArgumentParser(prog="alongside", description="Case management for the people who help people.")
    commands.describe(parser.add_subparsers(dest="command", required=True, metavar="COMMAND"))
    asked = parser.parse_args(argv)
    try:
        connect_database()
        job: Job = asked.job
        return job(asked)
    except (Failed, AlongsideError) as failure:
        sys.stderr.write(f"alongside: {failure}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("alongside: stopped\n")
        return 1


def connect_database() -> None:
    """Start the embedded PostgreSQL unless a server is named, then load Django."""
    import django

    from alongside.foundations import env, postgres

    folder = Path(env.text("ALONGSIDE_DATA_DIR", "./var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    secret = env.text("ALONGSIDE_SECRET_KEY") or env.kept_secret(folder)
    if not env.text("ALONGSIDE_DATABASE_URL"):
        server = postgres.start_embedded(folder / "postgres")
        os.environ["ALONGSIDE_DATABASE_URL"] = f"postgresql://postgres@/{postgres.DATABASE}?host={server.host}"
    postgres.prepare(postgres.from_url(os.environ["ALONGSIDE_DATABASE_URL"]), secret)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
    django.setup()


if __name__ == "__main__":
    sys.exit(main())
