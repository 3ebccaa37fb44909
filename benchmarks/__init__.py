"""Measurements of Atalaya itself: speed, accuracy, published truths, hostile bytes."""
