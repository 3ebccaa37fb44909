"""All semantic types, one line each, in order of precedence: the first that fits a column is its type.

What the values tell by their own form comes first, the narrower before the wider: a geometry before a structure,
a licence's address before an address. Then what a name and values tell together, where either alone could be
something else: 3 under *mes* is a month, 3 under *casos* is not. Among these, what fewer columns can be comes
first. Last come the wide types that take what is left: numbers are percentages, money, ages, ranks, identifiers
or codes before they are quantities; words are addresses, persons, bodies or categories before they are texts or
titles.
"""

from functools import cache

from atalaya.inspection.semantic.declaration import SemanticType
from atalaya.inspection.semantic.shapes import Form
from atalaya.inspection.semantic.types import (
    age,
    boolean,
    category,
    checksum,
    code,
    coordinate_pair,
    country,
    currency,
    date,
    datetime,
    division,
    division_code,
    email,
    file_format,
    file_name,
    file_size,
    free_text,
    geometry,
    html,
    identifier,
    institution,
    ip_address,
    json,
    keywords,
    language,
    latitude,
    licence,
    longitude,
    money,
    month,
    municipality,
    ordinal,
    percentage,
    period,
    person_name,
    personal_id,
    postal_address,
    postal_code,
    projected_coordinate,
    quantity,
    sex,
    tax_id,
    telephone,
    time,
    title,
    unit,
    url,
    weekday,
    year,
)

SEMANTIC_TYPES: tuple[SemanticType, ...] = (
    # The values tell, whatever the column is called.
    geometry.TYPE,
    coordinate_pair.TYPE,
    language.TYPE,
    keywords.TYPE,
    json.TYPE,
    licence.TYPE,
    html.TYPE,
    email.TYPE,
    url.TYPE,
    ip_address.TYPE,
    checksum.TYPE,
    datetime.TYPE,
    date.TYPE,
    time.TYPE,
    # The name and the values tell together.
    file_size.TYPE,
    latitude.TYPE,
    longitude.TYPE,
    projected_coordinate.TYPE,
    weekday.TYPE,
    month.TYPE,
    year.TYPE,
    age.TYPE,
    period.TYPE,
    sex.TYPE,
    boolean.TYPE,
    personal_id.TYPE,
    tax_id.TYPE,
    telephone.TYPE,
    postal_code.TYPE,
    division_code.TYPE,
    file_format.TYPE,
    file_name.TYPE,
    currency.TYPE,
    unit.TYPE,
    country.TYPE,
    division.TYPE,
    municipality.TYPE,
    # Numbers, codes and words that are left.
    percentage.TYPE,
    money.TYPE,
    postal_address.TYPE,
    institution.TYPE,
    person_name.TYPE,
    ordinal.TYPE,
    identifier.TYPE,
    code.TYPE,
    quantity.TYPE,
    free_text.TYPE,
    category.TYPE,
    title.TYPE,
)

OTHER, EMPTY = "other", "empty"
"""What a column is called that is of no type, and one without a filled value."""


def by_id(type_id: str) -> SemanticType:
    """The type of an id; KeyError where there is none."""
    return _by_id()[type_id]


@cache
def by_form(form: Form) -> tuple[tuple[int, SemanticType], ...]:
    """The types that values of a form can have, in order of precedence, each with a bit of its own."""
    return tuple((1 << place, each) for place, each in enumerate(SEMANTIC_TYPES) if form in each.forms)


@cache
def _by_id() -> dict[str, SemanticType]:
    return {each.id: each for each in SEMANTIC_TYPES}
