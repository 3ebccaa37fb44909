"""What institutions announce: communiqués, from draft to publication, with visible corrections."""
