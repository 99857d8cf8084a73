"""Write the compiled copy of the treaties' data files anew: ``python scripts/compile_treaties.py``."""

from __future__ import annotations

import json
from pathlib import Path

import foedus.treaties
from foedus.treaties.packaged import COMPILED, digest, read_yaml_files


def main() -> None:
    """Read every YAML file and write them as one JSON file with their digest."""
    made = {"digest": digest(), "files": read_yaml_files()}
    path = Path(foedus.treaties.__file__).parent / COMPILED
    path.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(made['files'])} files")


if __name__ == "__main__":
    main()
