"""Puts this folder on the path, for an_alliance in the folders below."""
