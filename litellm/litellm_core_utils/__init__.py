"""Paths under which LiteLLM 1.x has parts that live elsewhere here; re-exports only."""
