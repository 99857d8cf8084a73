"""The version of foedus, written once."""

__version__ = "0.1.0"
