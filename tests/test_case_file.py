"""smoke"""
import pytest
from django.test import Client
from alongside.foundations.actor import acting
import alongside.foundations.paper as P
from tests.cast import Cast
from tests.thread_parts import Record
pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

def _paper(request, template, context, name):
    from django.template.loader import render_to_string
    from django.http import HttpResponse
    return HttpResponse(render_to_string(template, context, request=request))

def test_smoke(cast: Cast, client: Client) -> None:
    case = cast.sama
    with acting(cast.maren):
        record = Record(case, cast.staff["maren"])
        goal = record.goal(record.version(), record.need())
        o = record.objective(goal)
        record.activity(o); record.note(3, goal, o); record.service(2); record.referral("sent", 3, goal, o); record.need("x"); record.progress(o, "behind")
        record.rest(record.need("y")); record.goal(goal.version, record.need("z"))
    import alongside.documentation.views as V
    V.paper = _paper
    client.force_login(cast.staff["maren"].account)
    for name in ("", "timeline/", "seen/", "file/"):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext
        with CaptureQueriesContext(connection) as q:
            r = client.get(f"/cases/{case.pk}/{name}")
        print(name, r.status_code, len(q))
        if name == "": print("\n".join(x["sql"][:120] for x in q))
        open(f"/tmp/doc-{name.strip('/') or 'case'}.{'pdf' if name=='file/' else 'html'}", "wb").write(r.content)
    assert 0
