"""a pytest that fills and dumps pages as html for screenshots"""
import sys; sys.path[:0]=["/tmp"]
import pytest, re, os
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from ass_fill import fill
pytestmark=[pytest.mark.django_db(databases=["default","looks"])]
def test_dump(client, transactional_look):
    c,s,s2,d,needs=fill()
    client.force_login(c.staff["maren"].account)
    k=c.sama.pk
    pages={"tab":reverse("assessment",args=[k]),"empty":reverse("assessment",args=[d.pk]),"write":reverse("sitting_write",args=[k,s2.pk]),"sitting":reverse("sitting",args=[k,s2.pk]),"need":reverse("need_edit",args=[k,needs[0].pk]),"order":reverse("needs_order",args=[k]),"new":reverse("sitting_new",args=[d.pk]),"finding":reverse("finding_new",args=[k,s2.pk])}
    os.makedirs("/tmp/ass_html",exist_ok=True)
    for n,a in pages.items():
        with CaptureQueriesContext(connection) as q:
            t=client.get(a).content.decode()
        own=[x["sql"][:110] for x in q.captured_queries]
        print(n,len(own))
        if n in("tab","write"): print("\n".join(own))
        t=t.replace("/static/","/work/main/src/alongside/site/static/")
        open(f"/tmp/ass_html/{n}.html","w").write(t)
    t=client.post(reverse("need_new",args=[k]),{"title":"","domain":"legal","edition":""}).content.decode().replace("/static/","/work/main/src/alongside/site/static/")
    open("/tmp/ass_html/need_bad.html","w").write(t)
    pass
    return
    r=client.get(reverse("assessment_pdf",args=[k])); open("/tmp/ass_html/a.pdf","wb").write(r.content)
