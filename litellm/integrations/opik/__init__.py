"""Opik, Comet's tracing of LLM calls."""
