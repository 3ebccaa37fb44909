"""The observatory's pages: what was measured, of whom, why, and what to mend. It only reads the read model."""
