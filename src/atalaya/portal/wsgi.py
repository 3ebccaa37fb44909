"""What a WSGI server asks for."""

import os
import sys

from django.core.wsgi import get_wsgi_application

TURN = 0.0005
"""Seconds after which a thread that computes lets another one go on. A page asks its database a dozen times and waits for its
turn after each answer; at the usual 5 ms a long list in another thread would hold it up for half a second."""

sys.setswitchinterval(TURN)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atalaya.portal.configuration")
application = get_wsgi_application()
