"""The mathematics of uncertainty: designs of draws, sensitivity indices, ranks over draws. Arrays in, arrays out.

Knows nothing of methodologies: whoever reruns an index turns its declared alternatives into inputs (`sampling`), evaluates one
row of the design a rerun, and hands the results to `sobol`, `ranks` and `intervals`. `draws` counts reruns, `units` what is
ranked; arrays are (draws, units) throughout. Missing is NaN throughout.
"""
