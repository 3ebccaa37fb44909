"""What the form of a dataset gives to choose from, with the address by which catalogues know each."""

EU = "http://publications.europa.eu/resource/authority/"

LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution-ShareAlike 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0 (no conditions)", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODbL-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
"""Open ones only (opendefinition.org/licenses, read in November 2026): the portal publishes open data."""

FREQUENCIES = {
    "DAILY": "every day",
    "WEEKLY": "every week",
    "MONTHLY": "every month",
    "QUARTERLY": "every quarter",
    "ANNUAL_2": "twice a year",
    "ANNUAL": "every year",
    "NEVER": "never again",
}
"""Codes of the table of frequencies of the Publications Office. None of them is *irregular*: that promises nothing."""

THEMES = {
    "AGRI": "Agriculture, fisheries, forestry and food",
    "ECON": "Economy and finance",
    "EDUC": "Education, culture and sport",
    "ENER": "Energy",
    "ENVI": "Environment",
    "GOVE": "Government and public sector",
    "HEAL": "Health",
    "JUST": "Justice, legal system and public safety",
    "REGI": "Regions and cities",
    "SOCI": "Population and society",
    "TECH": "Science and technology",
    "TRAN": "Transport",
}
"""Codes of the European data themes."""

LANGUAGES = {"es": ("Spanish", "SPA"), "en": ("English", "ENG")}
"""Language → its name, and its code in the table of the Publications Office."""
