"""The alliance section: members, what they can send, by which lift, and what else ties them down."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from foedus.cases.schema.values import Instant, NonNegative, Quantity, Share, Strict

PartyCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3 code")]


class MemberRecord(Strict):
    """What the public record of wars and disputes counts of a member: covariates of fitted decisions.

    Only help against a state's attack is decided from these; what is left out is drawn from the record
    that was fitted, which widens the answer.
    """

    capability: Annotated[
        Share | None, Field(description="share of the world's material capabilities (CINC), the year before")
    ] = None
    borders_attacker: Annotated[
        bool | None, Field(description="land border, or 150 miles of water, with the attacker")
    ] = None
    bound_to_attacker: Annotated[bool | None, Field(description="has promised the attacker defence")] = None
    disputes_with_attacker: Annotated[
        int | None, Field(ge=0, description="militarized disputes with the attacker in the last 20 years")
    ] = None
    disputes_beside_host: Annotated[
        int | None, Field(ge=0, description="militarized disputes on the host's side in the last 20 years")
    ] = None


class Member(Strict):
    """A member that decides. In replay its pledge is a fact; in free mode its decision is computed."""

    pledged_at: Annotated[
        Instant | None, Field(description="when it said so; the activation if left out")
    ] = None
    pledge: Annotated[NonNegative | None, Field(description="troops it said it would send")] = None
    ties: Annotated[Quantity, Field(description="ties to the host: -1 none or hostile, 1 closest")]
    contagion_fear: Annotated[Quantity, Field(description="fear of the same at home: 0 none, 1 highest")]
    strain: Annotated[Share, Field(description="share of its usable forces tied down elsewhere")]
    domestic_hurdle: Annotated[Share, Field(description="chance that parliament or public holds it up")]
    approval_delay: Annotated[NonNegative, Field(description="hours from activation to its own yes")]
    cost: Annotated[
        Share | None, Field(description="what coming would cost it: 0 a parade, 1 a war against an equal")
    ] = None
    record: MemberRecord | None = None


class Unit(Strict):
    """A unit that could be sent."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    member: PartyCode
    name: str
    strength: NonNegative
    vehicles: NonNegative | None = None
    vehicle_weight: Annotated[NonNegative | None, Field(description="tonnes, of one vehicle")] = None
    place: Annotated[str | None, Field(description="where it stands")] = None
    notice: Annotated[NonNegative, Field(description="hours from the decision to ready at the airfield")]
    distance: Annotated[
        NonNegative, Field(description="km by air, or by road when lift is 'road', to the host's field")
    ]
    lift: Annotated[str, Field(description="key of lift.fleets, or 'road'")]
    theatre: Annotated[str | None, Field(description="key of theatres that would lose it")] = None
    cost: Annotated[NonNegative, Field(description="opportunity cost of a soldier sent, 1 = ordinary")]


class Fleet(Strict):
    """Aircraft of one type that one member (or several) can use."""

    owner: PartyCode
    aircraft: NonNegative
    troops: Annotated[
        NonNegative, Field(description="persons a sortie with kit and vehicles; seats where payload is given")
    ]
    payload: Annotated[NonNegative | None, Field(description="tonnes a sortie at most")] = None
    range_full: Annotated[NonNegative | None, Field(description="km with full payload")] = None
    range_ferry: Annotated[NonNegative | None, Field(description="km empty")] = None
    stop: Annotated[
        NonNegative | None,
        Field(description="hours of a stop for fuel, where the way is longer than the range"),
    ] = None
    speed: Annotated[NonNegative, Field(description="km/h")]
    turnaround: Annotated[NonNegative, Field(description="hours to load, unload and service, a sortie")]
    sorties_per_day: Annotated[
        NonNegative, Field(description="what crews and upkeep allow, an aircraft and day")
    ]
    loss: Annotated[Share, Field(description="share of planned sorties that do not fly")]


class Airfield(Strict):
    """A field of arrival; closed while its site is lost."""

    site: Annotated[str | None, Field(description="site whose loss closes it; never closed if left out")] = (
        None
    )
    landings_per_hour: NonNegative
    on_ground: Annotated[
        NonNegative | None, Field(description="aircraft that can stand there at once, unloading")
    ] = None
    road_hours: Annotated[NonNegative, Field(description="hours from touch-down to the sites guarded")]


class Lift(Strict):
    """How contingents travel."""

    fleets: dict[str, Fleet] = {}
    airfields: Annotated[dict[str, Airfield], Field(description="in order of preference")] = {}
    road_speed: NonNegative


class Theatre(Strict):
    """What else the lead state must keep."""

    holder: PartyCode
    strength: NonNegative
    floor: Annotated[NonNegative, Field(description="troops below which it no longer holds")]
    text: str


RulesOfEngagement = Literal[
    "guard",  # hold the sites of the task, and nothing else
    "protect",  # their reserve also stands in the street beside local forces
    "force",  # and acts against crowds, under the same orders as these
]


class Task(Strict):
    """What the contingents are asked for."""

    requested: Annotated[NonNegative, Field(description="troops asked for in all")]
    guards_per_site: Annotated[NonNegative, Field(description="troops that one guarded site takes")]
    sites: Annotated[list[str], Field(description="sites to guard, first things first")] = []
    reserve: Annotated[Share, Field(description="share kept as reserve, not on guard")]
    rules_of_engagement: Annotated[
        RulesOfEngagement, Field(description="what they may do beside guarding; an edit for counterfactuals")
    ] = "guard"


class Stay(Strict):
    """How long the contingents stay, where the case's own withdrawal is not to rule it."""

    leave: Annotated[
        Literal["date", "calm", "never"],
        Field(description="on the date of the withdrawal event, once calm has been seen, or not at all"),
    ]
    after: Annotated[
        NonNegative | None,
        Field(description="hours from the hour in which calm is seen to the first who go; 0 if left out"),
    ] = None
    over: Annotated[
        NonNegative | None,
        Field(description="hours in which all go; as the withdrawal event has it, or at once, if left out"),
    ] = None


class Alliance(Strict):
    """Treaties that may bind, the members, and what they can send."""

    treaties: Annotated[list[str], Field(description="ids of treaties to assess; see foedus assess")]
    compare: Annotated[
        list[str], Field(description="ids of treaties assessed beside them, the host being no party")
    ] = []
    clause: Annotated[
        str | None,
        Field(description="id of the clause that was invoked; the strongest of the first treaty if left out"),
    ] = None
    organisation: str
    lead: PartyCode
    body: str
    record: Annotated[
        list[str], Field(description="earlier requests: lines for 'first in the treaty's record'")
    ] = []
    earlier_activations: Annotated[int, Field(ge=0)] = 0
    earlier_refusals: Annotated[int, Field(ge=0)] = 0
    earlier_crises: Annotated[
        int, Field(ge=0, description="comparable crises of members before this one, asked or not")
    ] = 0
    members: dict[PartyCode, Member]
    units: list[Unit] = []
    lift: Lift
    theatres: dict[str, Theatre] = {}
    task: Task | None = None
    stay: Annotated[
        Stay | None, Field(description="as the withdrawal event says, or to the window's end, if left out")
    ] = None
