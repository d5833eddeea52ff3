"""The chat endpoint's adapter: `BaseAdapter` with an answer that can stream."""

from typing import Protocol

from litellm.core.call import Call
from litellm.core.target import Target
from litellm.llms.base_llm.adapter import BaseAdapter
from litellm.types.chat import ModelResponse
from litellm.types.stream import ModelResponseStream


class StreamDecoder(Protocol):
    """Bytes of one answer in, chunks out; it waits for nothing."""

    def feed(self, data: bytes) -> list[ModelResponseStream]:
        """The chunks that these bytes complete; an error after them may wait in an attribute `failed`."""
        ...

    def close(self) -> list[ModelResponseStream]:
        """What was held back; raises `StreamBroken` when upstream never said that the answer is complete."""
        ...


class BaseConfig(BaseAdapter[ModelResponse]):
    """Chat with one provider."""

    def stream_decoder(self, call: Call, target: Target) -> StreamDecoder:
        """A new decoder for one streamed answer."""
        raise NotImplementedError
