"""Who was bound to help whom in the summer of 1914, and which steps did no treaty ask for?

First an attack that is posited, and followed through the treaties; then the events as they came.
"""

from datetime import date
from pathlib import Path

from foedus.treaties.cascade import Attack, chain, course, events_in

EVENTS = Path(__file__).parent / "july-1914.yaml"

print("If Russia attacked Austria-Hungary on 28 July 1914:")
posited = chain([Attack("RUS", "AUH")], date(1914, 7, 28))
for duty in posited.of_sort("help"):
    print(f"  bound: {duty.party} to {duty.towards} ({duty.treaty.short_name}, {duty.clause.cited})")
for found in posited.conditionals:
    if (found.party, found.towards) == ("FRA", "RUS"):
        print(f"  {found.party} to {found.towards}, if {found.if_}")

print("As it came:")
followed = course(events_in(EVENTS))
for answer in followed.answers:
    helping = dict.fromkeys(
        f"{duty.party} to {duty.towards}, against {duty.against} ({duty.treaty.short_name})"
        for duty in answer.bound
        if duty.sort == "help"
    )
    if helping:
        print(f"  {answer.event.date}  {answer.event.told()}")
        for line in helping:
            print(f"    newly bound: {line}")

required = [answer for answer in followed.answers if answer.required_by]
print("Steps that a treaty asked for:")
for answer in required:
    print(f"  {answer.event.date}  {answer.event.told()}: {answer.required_by[0].treaty.short_name}")
print(f"Steps that none asked for: {len(followed.not_required)}")
