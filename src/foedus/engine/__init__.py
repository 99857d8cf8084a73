"""The engine couples the rooms and runs one crisis or many."""
