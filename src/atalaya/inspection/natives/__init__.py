"""Readers that run in a process of their own (`inspection.child`): native libraries, and whatever a crafted file can drive to
claim all memory or time. A module has a function `read`, which gives messages (`natives.messages`), and imports little."""
