"""The crowd model: counts of people in each city, person-exact, hour by hour."""
