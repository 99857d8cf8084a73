"""Cities of a case on the lattice: rule, parameters and tolls of `crowd`, with C and A as each sees them."""
