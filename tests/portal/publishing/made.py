"""One dataset that an institution published, made without reading any file: for tests of addresses and pages."""

import hashlib
from pathlib import Path

from django.db.models import Min
from django.utils import timezone

from atalaya.portal.files.keeping import incoming, keep
from atalaya.portal.files.models import StoredFile
from atalaya.portal.observatory.models import Institution
from atalaya.portal.publishing.models import Publication, Version

BYTES = b"municipio,monto\nUno,10\nDos,20\n"


def publish_one(home: Path, institution: str = "", slug: str = "gasto") -> Version:
    """A published version of an institution, of the first one of the register where none is given."""
    with incoming(home, [BYTES]) as found:
        keep(home, found)
    institution, now = institution or Institution.objects.aggregate(first=Min("id"))["first"], timezone.now()
    file = StoredFile.objects.create(
        key=hashlib.md5(slug.encode(), usedforsecurity=False).hexdigest(),
        sha256=found.sha256,
        size=found.size,
        kind="csv",
        media_type="text/csv",
        name="gasto.csv",
        purpose="data",
        institution=institution,
        taken=now,
        published=now,
    )
    publication = Publication.objects.create(institution=institution, slug=slug, begun=now)
    made: Version = Version.objects.create(
        publication=publication,
        state="published",
        number=1,
        title="Gasto inventado por municipio",
        description="Lo que gastó cada municipio inventado en un año.",
        contact="datos@inventada.example",
        original=file,
        result=file,
        choice="original",
        sha256=found.sha256,
        begun=now,
        changed=now,
        published=now,
    )
    return made
