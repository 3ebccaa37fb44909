"""Diagnostics of an index before anyone believes it: what is there, what moves together, what counts, whether raters agree.

Pure mathematics on arrays, of (units, indicators) unless said otherwise, missing as NaN. Knows nothing of methodologies. Where a
figure cannot be computed it is NaN and the result says why.
"""
