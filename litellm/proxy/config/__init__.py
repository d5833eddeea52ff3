"""config.yaml: what may be in it, reading it, and saying clearly what is wrong with it."""
