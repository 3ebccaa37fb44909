"""The read API in CKAN's style: the federated catalogue as every client of CKAN knows how to ask it."""
