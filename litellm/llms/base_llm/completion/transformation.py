"""The text completion endpoint's adapter: a prompt in, text out."""

from litellm.core.call import Call
from litellm.core.target import Target
from litellm.llms.base_llm.adapter import BaseAdapter
from litellm.llms.base_llm.chat.transformation import StreamDecoder
from litellm.types.completion import TextCompletionResponse


class BaseTextCompletionConfig(BaseAdapter[TextCompletionResponse]):
    """Text completion with one provider."""

    def stream_decoder(self, call: Call, target: Target) -> StreamDecoder:
        """A new decoder for one streamed answer."""
        raise NotImplementedError
