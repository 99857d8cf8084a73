"""What people do: the shared rule of who is willing, the crowd model, sites, calm."""
