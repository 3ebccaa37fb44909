"""What leaves the observatory: reports for people and files for machines."""
