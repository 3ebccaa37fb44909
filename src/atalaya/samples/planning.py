"""The plan of a sample country from its seed."""

import random

from atalaya.samples.casting import cast_country
from atalaya.samples.composing import Composer
from atalaya.samples.plan import CountryPlan
from atalaya.samples.planting import Planter


def make_plan(seed: int) -> CountryPlan:
    """Institutions, sources, datasets and resources with their defects; the same seed gives an equal plan."""
    rng = random.Random(seed)  # noqa: S311 - a sample that must repeat, no secret
    institutions, sources = cast_country(rng)
    composer = Composer(rng, institutions)
    sound = CountryPlan(
        seed=seed, institutions=institutions, sources=tuple(composer.fill(source) for source in sources)
    )
    return Planter(rng, sound).plant()
