"""Real packages that use litellm, unmodified: a script each, run in an environment of its own by `make dependents`."""
