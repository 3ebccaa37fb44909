"""What a WSGI server asks for."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atalaya.portal.configuration")
application = get_wsgi_application()
