"""What the host does: its orders in replay, its rules in free mode, the loyalty of its forces."""
