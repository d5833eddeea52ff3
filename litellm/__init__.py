"""One call shape for 100+ LLM providers."""
