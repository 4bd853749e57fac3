"""Serve the web application with granian, and work in the background; everything it started stops with it."""

import os
import signal
import subprocess
import sys
from io import StringIO

from django.conf import settings
from django.core.management import call_command

from alongside.foundations import background
from alongside.foundations.postgres import without_owner


def serve(host: str, port: int, workers: int, *, demo_if_empty: bool) -> int:
    """Bring the database and the styles up to date, then serve until told to stop. Raises CommandError for a part that lacks."""
    call_command("check", stdout=StringIO())
    call_command("migrate", database="owner", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if demo_if_empty:
        _fill_when_empty()
    environment = os.environ | {
        "ALONGSIDE_POOL": "1", "ALONGSIDE_DATA_DIR": str(settings.DATA_DIR),
        "ALONGSIDE_DATABASE_URL": without_owner(settings.DATABASE_URL, settings.SECRET_KEY),
    }  # fmt: skip
    environment.pop("ALONGSIDE_DATABASE_URL_FILE", None)
    command = web_server(host, port, workers)
    with subprocess.Popen(command, env=environment) as server:
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: server.terminate())
        sys.stdout.write(f"Alongside is at http://{host}:{port}  (Ctrl-C stops it)\n")
        sys.stdout.flush()
        try:
            # This process has nothing else to do while the web server runs, so it does the work of the background.
            background.work_until(lambda seconds: _ended(server, seconds))
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            server.wait()
            return 0


def web_server(host: str, port: int, workers: int, application: str = "alongside.site.wsgi:application") -> list[str]:
    """The call of the web server. It keeps no access log, for addresses are nobody's business; what is more than it can take waits."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
        "--no-access-log", "--workers-kill-timeout", "20", "--blocking-threads", "4", "--backpressure", "64", "--log-level", "warning",
        application,
    ]  # fmt: skip


def _ended(server: "subprocess.Popen[bytes]", seconds: float) -> bool:
    """Wait so long, or until the web server has ended; tells whether it has."""
    try:
        server.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _fill_when_empty() -> None:
    from alongside.people.models import Agency
    from alongside.site.demo import fill, who_can_sign_in

    if not Agency.objects.using("owner").exists():
        sys.stdout.write("Filling in a fictional agency (once, about a minute).\n")
        fill(clients=60, agencies=1, seed=1, bulk=False)
    sys.stdout.write(who_can_sign_in())
