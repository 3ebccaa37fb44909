"""What is made of archived bytes on demand: previews, comparisons, repaired files; by a process that can be ended, and kept."""
