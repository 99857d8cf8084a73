"""Studies: ensembles of twins, fits, scores, the store."""
