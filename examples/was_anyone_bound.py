"""Was anyone bound to come to Kazakhstan, and how did it look hour by hour?

The same article, read as of three instants. The facts asked for stay the same; what was said of them grows.
"""

from datetime import datetime

import foedus

INSTANTS = {
    "before anything was framed": "2022-01-05T12:00:00+06:00",
    "the request is out": "2022-01-06T00:00:00+06:00",
    "the council has acted": "2022-01-06T12:00:00+06:00",
}

for words, instant in INSTANTS.items():
    found = foedus.assess("kazakhstan-2022", as_of=datetime.fromisoformat(instant))["obligation"]
    acts = [act for act in ("requested", "invoked", "activated") if found[act]]
    print(f"{instant[:16]}  {words}")
    print(f"  on record: {', '.join(acts) or 'nothing'}")
    for name, reading in found["by_reading"].items():
        print(f"  {name.replace('_', '-')}: {reading['reading']}")
    print(f"  may troops come: {found['permission']['reading']}")
print(f"bound, if it is met: {', '.join(found['bound'])}")
