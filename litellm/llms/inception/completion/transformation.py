"""Inception fills in code (https://docs.inceptionlabs.ai/capabilities/fim): prompt and suffix in, text out."""

from litellm.core.target import Target
from litellm.llms.openai.completion.transformation import OpenAITextCompletionConfig

_PARAMS = (
    "frequency_penalty max_completion_tokens max_tokens presence_penalty stop stream stream_options suffix top_p"
).split()


class InceptionTextCompletionConfig(OpenAITextCompletionConfig):
    """Code between a prompt and a suffix."""

    provider = "text-completion-inception"
    base = "https://api.inceptionlabs.ai/v1"
    path = "/fim/completions"

    def get_supported_openai_params(self, model: str) -> list[str]:
        return list(_PARAMS)

    def key_hint(self, target: Target) -> str:
        return "INCEPTION_API_KEY"
