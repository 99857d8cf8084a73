"""Where does a claim come from? Repeats, and repeats of repeats, traced back to one origin.

Two outlets that quote one agency are one piece of evidence, and so is a third that quotes one of the two: the
chain is followed for as long as each link only passes on what another said, of the same fact and the same
way. Speakers for whom no origin is stated are taken as independent of one another. That is an assumption, for
many who repeat do not say so; `INDEPENDENCE` is the sentence in which it is printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus.cases.schema.events import Claim
from foedus.evidence.direction import says_so

INDEPENDENCE = (
    "speakers whose claims state no origin are taken as independent of one another; "
    "a shared source that the case does not name would be counted twice"
)

Speech = tuple[str, bool, str]
"""A fact, the way in which it is spoken of, and a speaker."""


def traced_origins(claims: Sequence[Claim]) -> list[str]:
    """Give the origin of each claim, in their order: where the chain of who has it from whom begins.

    A speaker who also speaks on their own account, the same way, is an origin, and the chain ends there.
    Where a speaker passes on several origins, a further repeat is put with the first of them by name: it is
    no new piece with whichever.
    """
    passed_on: dict[Speech, set[str]] = {}
    own: set[Speech] = set()
    for claim in claims:
        speech = (claim.predicate, says_so(claim), _name(claim.who))
        stated = _name(claim.origin) if claim.origin else speech[2]
        if stated == speech[2]:
            own.add(speech)
        else:
            passed_on.setdefault(speech, set()).add(stated)
    repeated = {speech: sources for speech, sources in passed_on.items() if speech not in own}
    return [_traced(claim, repeated) for claim in claims]


def _traced(claim: Claim, repeated: Mapping[Speech, set[str]]) -> str:
    name, path = _name(claim.origin or claim.who), list[str]()
    while name not in path:
        path.append(name)
        sources = repeated.get((claim.predicate, says_so(claim), name))
        if sources is None:
            return name
        name = min(sources)
    # Speakers who quote one another in a ring are one origin, under the first of their names.
    return min(path[path.index(name) :])


def _name(text: str) -> str:
    return " ".join(text.split()).casefold()
