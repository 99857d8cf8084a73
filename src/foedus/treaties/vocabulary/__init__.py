"""The words of clauses: predicates with their definitions, and groups of states."""

from foedus.treaties.vocabulary.groups import Group, groups, members
from foedus.treaties.vocabulary.predicates import Declaration, predicates

__all__ = ["Declaration", "Group", "groups", "members", "predicates"]
