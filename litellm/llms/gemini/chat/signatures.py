"""Thought signatures on their way to the client and back: Gemini wants each returned with the part it came with.

A client that knows LiteLLM echoes `provider_specific_fields`; one that only knows OpenAI's fields echoes the tool
call's id, so that the signature travels in both. Source: https://ai.google.dev/gemini-api/docs/thought-signatures
"""

from collections.abc import Mapping
from typing import Any

IN_ID = "__thought__"
# What the documentation gives for calls that Gemini did not make itself: it turns the check of Gemini 3 off.
FOREIGN = "skip_thought_signature_validator"


def signed_id(identifier: str, signature: str | None) -> str:
    """The tool call's id with its signature in it."""
    return f"{identifier}{IN_ID}{signature}" if signature else identifier


def signature_of_call(call: Any) -> str | None:
    """The signature that an echoed tool call carries, in any of the places where clients keep it."""
    function = call.get("function") or {}
    for holder in (call, function):
        fields = holder.get("provider_specific_fields")
        if isinstance(fields, Mapping) and fields.get("thought_signature"):
            return str(fields["thought_signature"])
    google = (call.get("extra_content") or {}).get("google") or {}
    if google.get("thought_signature"):
        return str(google["thought_signature"])
    return (call.get("id") or "").partition(IN_ID)[2] or None


def signature_of_text(message: Any) -> str | None:
    """The signature that came with the message's text."""
    fields = message.get("provider_specific_fields")
    signatures = fields.get("thought_signatures") if isinstance(fields, Mapping) else None
    return str(signatures[-1]) if isinstance(signatures, list) and signatures else None
