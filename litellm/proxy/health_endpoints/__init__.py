"""Whether the process is alive, ready, and can reach its models."""
