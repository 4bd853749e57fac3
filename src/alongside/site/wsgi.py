"""The application as a web server loads it."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
application = get_wsgi_application()

# Every page is loaded now, not when somebody first asks for it. All of this stays for good; Python would walk through it
# again and again in search of what can go, some 50 ms at a time, in the middle of somebody's page.
_pages = get_resolver().url_patterns
gc.collect()
gc.freeze()
