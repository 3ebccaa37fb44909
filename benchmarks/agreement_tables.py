"""Small published tables of ratings, with the coefficient of agreement that their authors print.

Facts of the literature, written out here with their sources; none was computed by this project.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from atalaya.indices.diagnostics.raters import Agreement, cohen_kappa, fleiss_kappa, kappa_of_table, krippendorff_alpha

_ = math.nan

COHEN = np.array([[88, 10, 2], [14, 40, 6], [18, 10, 12]])
"""J. Cohen 1960, Table 1, as counts of 200 patients: two judges, three diagnoses. Kappa 0.492."""
COHEN_WEIGHTS = np.array([[0.0, 1.0, 3.0], [1.0, 0.0, 6.0], [3.0, 6.0, 0.0]])
"""J. Cohen 1968, Table 1: how bad each disagreement is. Weighted kappa 0.348."""

COUPLES = np.array([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])
"""A. Agresti 1990, answers of 91 couples on a scale of four; kappas as the manual of R's `vcd` prints them."""

PROCEDURE = np.array([[0, 4, 1], [0, 8, 0], [0, 1, 5]])
"""A table of three categories whose kappas SAS prints; quoted in the tests of statsmodels."""

ANXIETY = np.array(
    [
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ],
    dtype=np.float64,
)
"""Raters 2 and 3 of the data set `anxiety` of R's `irr`, 20 people; the level that neither used is left out, as `kappa2` does."""

DIAGNOSES = np.array(
    [
        [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0],
        [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0], [1, 1, 0, 4, 0],
        [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1], [0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0],
        [0, 2, 0, 4, 0], [1, 0, 2, 0, 3], [0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0],
        [1, 0, 0, 4, 1], [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6],
    ]
)  # fmt: skip
"""J. Fleiss 1971, Table 1: 30 patients, six psychiatrists each, five diagnoses; kappa as R's `irr` prints it with more digits."""

FOURTEEN = np.array(
    [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]
)  # fmt: skip
"""The worked example of the encyclopedic article "Fleiss' kappa": ten items, fourteen raters."""

OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
).T
"""K. Krippendorff 2011, example C: twelve units, four observers, ratings missing."""


@dataclass(frozen=True, slots=True)
class Published:
    """A coefficient as published, half a unit of its last digit as the tolerance, and how to compute it."""

    name: str
    published: float
    tolerance: float
    compute: Callable[[], Agreement]


CASES = (
    Published("kappa of Cohen 1960", 0.492, 5e-4, lambda: kappa_of_table(COHEN)),
    Published("weighted kappa of Cohen 1968", 0.348, 5e-4, lambda: kappa_of_table(COHEN, weights=COHEN_WEIGHTS)),
    Published("kappa of 91 couples (vcd)", 0.1293, 5e-5, lambda: kappa_of_table(COUPLES)),
    Published("linear kappa of 91 couples (vcd)", 0.2374, 5e-5, lambda: kappa_of_table(COUPLES, weights="linear")),
    Published("kappa of SAS", 0.4842, 5e-5, lambda: kappa_of_table(PROCEDURE)),
    Published("linear kappa of SAS", 0.4701, 5e-5, lambda: kappa_of_table(PROCEDURE, weights="linear")),
    Published("kappa of anxiety (irr)", -0.006289308, 5e-10, lambda: cohen_kappa(*ANXIETY)),
    Published("linear kappa of anxiety (irr)", 0.1459075, 5e-8, lambda: cohen_kappa(*ANXIETY, weights="linear")),
    Published("quadratic kappa of anxiety (irr)", 0.2520325, 5e-8, lambda: cohen_kappa(*ANXIETY, weights="quadratic")),
    Published("kappa of Fleiss 1971 (irr)", 0.4302445, 5e-8, lambda: fleiss_kappa(DIAGNOSES)),
    Published("Fleiss' kappa of fourteen raters", 0.210, 5e-4, lambda: fleiss_kappa(FOURTEEN)),
    Published("alpha of Krippendorff 2011, nominal", 0.743, 5e-4, lambda: krippendorff_alpha(OBSERVERS)),
    Published(
        "alpha of Krippendorff 2011, ordinal", 0.815, 5e-4, lambda: krippendorff_alpha(OBSERVERS, metric="ordinal")
    ),
    Published(
        "alpha of Krippendorff 2011, interval", 0.849, 5e-4, lambda: krippendorff_alpha(OBSERVERS, metric="interval")
    ),
)
