"""Published editions of an index: frozen results, locked by hash, corrected only by a further edition."""
