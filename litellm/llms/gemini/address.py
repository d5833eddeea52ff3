"""Where Google AI Studio is and how one signs in there: shared by chat and embeddings. It knows no bodies.

Source: https://ai.google.dev/api/rest/generativelanguage, https://ai.google.dev/gemini-api/docs/api-key
"""

from litellm.core.target import Target
from litellm.llms.base_llm.adapter import BaseAdapter

DEFAULT_BASE = "https://generativelanguage.googleapis.com/v1beta"
_COLLECTIONS = ("models/", "tunedModels/")


class GoogleAIStudio(BaseAdapter):  # type: ignore[type-arg]
    """The address and the key; mixed into an endpoint's adapter."""

    def model_url(self, target: Target, method: str) -> str:
        """The URL of a method of the model: an `api_base` stands for everything before `/models`."""
        base = (target.api_base or DEFAULT_BASE).rstrip("/")
        return f"{base}/{resource(target.model)}:{method}"

    def validate_environment(self, target: Target) -> dict[str, str]:
        return {"x-goog-api-key": self.require_key(target)}

    def key_hint(self, target: Target) -> str:
        return "GEMINI_API_KEY or GOOGLE_API_KEY"


def resource(model: str) -> str:
    """The model's resource name: `models/gemini-2.5-flash`; a tuned model has its own collection."""
    return model if model.startswith(_COLLECTIONS) else f"models/{model}"
