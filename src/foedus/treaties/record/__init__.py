"""What did alliances do when a clause was in question? Episodes, read by the engine and by their coders."""

from foedus.treaties.record.agreement import Agreement, Disagreement, agreement
from foedus.treaties.record.episode import Episode, episodes, episodes_in, second_codings_in
from foedus.treaties.record.near import Pattern, Precedent, pattern_of, precedents, threat_of
from foedus.treaties.record.read import EpisodeReading, read_episode

__all__ = [
    "Agreement",
    "Disagreement",
    "Episode",
    "EpisodeReading",
    "Pattern",
    "Precedent",
    "agreement",
    "episodes",
    "episodes_in",
    "pattern_of",
    "precedents",
    "read_episode",
    "second_codings_in",
    "threat_of",
]
