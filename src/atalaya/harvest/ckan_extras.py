"""The free key-value fields of a CKAN package, found by what their keys mean.

Keys of extras are typed by hand, so they are compared folded: `Update Frequency` is `update_frequency`. Beside them stand the
keys that portals use in their own language. A key that is in no list stays unread.

Keys as seen in answers of dados.gov.br and the Tokyo catalogue, and as the metadata guides of Argentina and Buenos Aires name
the fields (https://github.com/datosgobar/paquete-apertura-datos, https://github.com/datosgcba/guia-datos).
"""

from collections.abc import Mapping
from functools import lru_cache

from atalaya.catalogue.folding import fold
from atalaya.harvest import values
from atalaya.harvest.fields import MAPPED, Entry, Ledger

BODY = "institution"
"""Name under which the keys that call for a body, or for whoever is responsible, are found."""

_SYNONYMS: Mapping[str, str] = {
    "frequency": """
        Frecuencia | Frecuencia de actualización | Frecuencia de actualización de los datos | Frecuencia de publicación
        Periodicidad | Periodicidad de actualización | Frequência | Frequência de atualização | Periodicidade
        Frequência de atualização dos dados | Periodicidade de atualização | Frequency of update | Update cycle
        Fréquence | Fréquence de mise à jour | Périodicité | 更新頻度
    """,
    "publisher_name": "Publisher | Publicador | Entidad publicadora | Éditeur",
    BODY: """
        Institución | Institución responsable | Entidad | Entidad responsable | Organismo | Organismo responsable
        Dependencia | Responsable | Área responsable | Unidad responsable | Instituição | Instituição responsável
        Órgão | Órgão responsável | Responsável | Organisme | Organisme responsable | Responsible | Institution
    """,
    "spatial_text": """
        Cobertura geográfica | Cobertura espacial | Cobertura territorial | Ámbito geográfico | Ámbito territorial
        Alcance geográfico | Abrangência geográfica | Abrangência espacial | Spatial coverage | Geographic coverage
        Geographical coverage | Couverture géographique | Couverture spatiale | Couverture territoriale
    """,
    "temporal": """
        Cobertura temporal | Período temporal | Rango temporal | Período de referencia | Período de referência
        Abrangência temporal | Temporal coverage | Couverture temporelle
    """,
    "issued": """
        Fecha de publicación | Fecha publicación | Fecha de emisión | Data de publicação | Data da publicação
        Publication date | Date published | Release date | Date de publication
    """,
    "modified": """
        Fecha de actualización | Fecha de modificación | Fecha de última actualización | Última actualización
        Última modificación | Data de atualização | Data da atualização | Data da última atualização | Última atualização
        Last updated | Last modified | Date de mise à jour | Dernière mise à jour
    """,
    "language": "Idioma | Idiomas | Lenguaje | Língua | Langue",
    "licence": "Licencia | Licencia de uso | Tipo de licencia | Licença | Licença de uso | Licence d'utilisation",
    "theme": "Tema | Temas | Temática | Categoría | Categorías | Categoria | Thème | Thématique",
    "version": "Versión | Versão",
    "access_rights": "Derechos de acceso | Nivel de acceso | Condiciones de acceso | Condições de acesso | Droits d'accès",
    "rights": "Derechos | Derechos de uso | Condiciones de uso | Términos de uso | Direitos | Termos de uso",
    "conforms_to": "Estándar | Estándares | Padrão | Padrões",
    "landing_page": "Página de destino | Página do conjunto de dados | Página del conjunto de datos",
    "contact_name": """
        Contacto | Contact | Nombre de contacto | Nombre del contacto | Persona de contacto | Punto de contacto | Contato
        Nome do contato | Ponto de contato | Contact point
    """,
    "contact_email": """
        Correo | Correo electrónico | Correo de contacto | Correo electrónico de contacto | Email de contacto
        E-mail de contacto | E-mail de contato | E-mail do contato | Courriel | Email | E-mail
    """,
}
"""Keys by the field that they stand for, as portals write them."""

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    field: tuple(dict.fromkeys(fold(key) for line in listed.splitlines() for key in line.split("|") if key.strip()))
    for field, listed in _SYNONYMS.items()
}
"""The same, folded as they are compared."""


class Extras(Entry):
    """Extras as one object under reading; every key is counted as the source writes it."""

    __slots__ = ("_folded",)

    def __init__(self, value: Mapping[str, object], ledger: Ledger) -> None:
        super().__init__(value, "extras", ledger)
        self._folded: dict[str, list[str]] = {}
        for key in value:
            self._folded.setdefault(_folded(key), []).append(key)

    def present(self, *keys: str) -> tuple[str, ...]:
        """The keys that these names mean: as they stand, written otherwise, then in other words."""
        if not self.value:
            return ()
        found = [key for key in keys if key in self.value]
        return tuple(dict.fromkeys([*found, *(key for name in _meant(keys) for key in self._folded.get(name, ()))]))

    def take(self, *keys: str) -> object:
        """The value of the first field that these names mean and that says something."""
        return super().take(*self.present(*keys))


@lru_cache(maxsize=4096)
def _folded(key: str) -> str:
    return fold(key)


@lru_cache(maxsize=256)
def _meant(keys: tuple[str, ...]) -> tuple[str, ...]:
    """How these names may be written, folded, then their synonyms."""
    return (*(fold(key) for key in keys), *(synonym for key in keys for synonym in SYNONYMS.get(key, ())))


def read_extras(entry: Entry) -> Extras:
    """The extras of a package, a list or an object, with values that were stored as JSON text unwrapped."""
    found, ledger = entry.value.get("extras"), entry.ledger
    entry.skip("extras")
    merged: dict[str, object] = {}
    if isinstance(found, dict):
        merged = {str(key): values.unwrap(value) for key, value in found.items()}
    elif isinstance(found, list):
        for item in found:
            key = item.get("key") if isinstance(item, dict) else None
            if not isinstance(item, dict) or not isinstance(key, str):
                ledger.unreadable("extras[]", "not a key with a value")
            elif key in merged:
                ledger.unreadable("extras[]", "the same key twice; the first is read")
            else:
                merged[key] = values.unwrap(item.get("value"))
    elif not values.is_blank(found):
        ledger.unreadable("extras", "neither a list nor an object")
    if "extras" in entry.value:
        ledger.use("extras", MAPPED)
    return Extras(merged, ledger)
