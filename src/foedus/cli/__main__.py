"""``python -m foedus.cli``."""

from foedus.cli.main import main

main()
