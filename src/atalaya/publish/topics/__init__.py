"""Thematic observatories: which data a topic needs, what there is of it, and how it stands by the topic's own criteria."""
