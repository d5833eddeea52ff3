"""A world of upstreams that fail as a scenario says, in which the real Router serves requests. No clock, no network."""
