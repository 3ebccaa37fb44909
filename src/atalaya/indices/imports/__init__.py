"""Instruments and tables of others, brought into the form that indices are computed from, with their faults told."""
