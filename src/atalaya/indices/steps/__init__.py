"""Steps that a methodology applies to an indicator over all units, or to the figures of a node: one function each."""
