"""Data that institutions without a server of their own publish on the portal: examined, repaired, reviewed, versioned."""
