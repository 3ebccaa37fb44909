"""The federation, and what the observatory itself publishes, as DCAT-AP."""
