"""How fast foedus is, measured: ``python -m benchmarks.run``."""
