"""The types of the other endpoints, and the old paths they are found under."""

from __future__ import annotations

import importlib

import msgspec
import pytest

from litellm.types.audio import HttpxBinaryResponseContent
from litellm.types.batches import LiteLLMBatch
from litellm.types.completion import TextCompletionResponse
from litellm.types.embedding import EmbeddingResponse
from litellm.types.images import ImageResponse
from litellm.types.mixin import decode, encode
from litellm.types.providers import LlmProviders
from litellm.types.rerank import RerankResponse
from litellm.types.responses.events import (
    ErrorEvent,
    OutputTextDeltaEvent,
    ResponseCompletedEvent,
    ResponsesAPIStreamEvents,
    ResponsesAPIStreamingResponse,
)
from litellm.types.responses.main import (
    OutputFunctionToolCall,
    ResponseOutputItem,
    ResponseReasoningItem,
    ResponsesAPIResponse,
)
from litellm.types.router import Deployment, GenericLiteLLMParams


def test_embedding() -> None:
    made = EmbeddingResponse(model="m", data=[{"embedding": [0.5], "index": 0}])
    assert made.data[0]["embedding"] == [0.5]
    assert made.object == "list"
    assert made.usage.total_tokens == 0
    assert decode(EmbeddingResponse, b'{"data":[{"embedding":"AAA="}]}').data[0].embedding == "AAA="


def test_text_completion() -> None:
    made = decode(TextCompletionResponse, b'{"choices":[{"text":"x","index":0,"finish_reason":"eos"}]}')
    assert (made.choices[0].text, made.choices[0].finish_reason) == ("x", "stop")
    assert TextCompletionResponse().choices[0].text is None
    assert TextCompletionResponse(stream=True).usage is None


def test_image_and_rerank() -> None:
    assert ImageResponse(data=[{"url": "u"}]).data[0].url == "u"
    made = decode(
        RerankResponse, b'{"results":[{"index":1,"relevance_score":0.5}],"meta":{"tokens":{"input_tokens":2}}}'
    )
    assert made.results[0].relevance_score == 0.5
    assert made.meta.tokens.input_tokens == 2


def test_items_of_a_responses_answer_are_of_their_kinds() -> None:
    raw = msgspec.json.encode(
        {
            "id": "r",
            "output": [
                {"type": "reasoning", "id": "rs", "summary": [{"type": "summary_text", "text": "why", "x": 1}]},
                {"type": "function_call", "name": "f", "arguments": "{}", "call_id": "c"},
                {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "a"}]},
                {
                    "type": "message",
                    "content": [{"type": "refusal", "refusal": "no"}, {"type": "output_text", "text": "b"}],
                },
                {"type": "web_search_call", "action": {"query": "q"}},
            ],
        }
    )
    made = decode(ResponsesAPIResponse, raw)
    reasoning, call, *_, other = made.output
    assert isinstance(reasoning, ResponseReasoningItem)
    assert (reasoning.summary[0].text, reasoning.summary[0].x) == ("why", 1)
    assert isinstance(call, OutputFunctionToolCall)
    assert type(other) is ResponseOutputItem
    assert other.action == {"query": "q"}
    assert made.output_text == "ab"


def test_events_are_of_their_kinds() -> None:
    delta = decode(ResponsesAPIStreamingResponse, b'{"type":"response.output_text.delta","delta":"x","item_id":"i"}')
    assert isinstance(delta, OutputTextDeltaEvent)
    assert delta.delta == "x"
    done = ResponsesAPIStreamingResponse.from_dict({"type": "response.completed", "response": {"id": "r"}})
    assert isinstance(done, ResponseCompletedEvent)
    assert done.response.id == "r"
    assert done.type == ResponsesAPIStreamEvents.RESPONSE_COMPLETED
    other = decode(ResponsesAPIStreamingResponse, b'{"type":"response.new_thing","n":1}')
    assert (type(other), other.n) == (ResponsesAPIStreamingResponse, 1)
    assert isinstance(decode(ResponsesAPIStreamingResponse, b'{"type":"error","message":"m"}'), ErrorEvent)


def test_batch_keeps_absent_times_absent() -> None:
    raw = b'{"id":"b","created_at":1,"status":"completed","completed_at":2}'
    made = decode(LiteLLMBatch, raw)
    assert made.completed_at == 2
    assert "failed_at" not in msgspec.json.decode(encode(made))


def test_deployment() -> None:
    made = Deployment(model_name="g", litellm_params={"model": "azure/x", "my_param": 1})
    assert made.litellm_params.my_param == 1
    assert made.model_info.id
    assert GenericLiteLLMParams(api_key="k").get("api_base") is None


def test_binary_content(tmp_path) -> None:
    made = HttpxBinaryResponseContent(b"abc")
    assert list(made.iter_bytes(2)) == [b"ab", b"c"]
    made.stream_to_file(str(tmp_path / "f"))
    assert (tmp_path / "f").read_bytes() == made.read()


def test_providers_are_strings() -> None:
    assert LlmProviders.OPENAI == "openai"
    assert LlmProviders("text-completion-openai") is LlmProviders.TEXT_COMPLETION_OPENAI
    assert f"{LlmProviders.AZURE}" == "azure"


@pytest.mark.parametrize(
    "path",
    [
        "utils.ModelResponse", "utils.ModelResponseBase", "utils.ModelResponseStream", "utils.Choices", "utils.Message",
        "utils.Delta", "utils.StreamingChoices", "utils.Function", "utils.ChatCompletionMessageToolCall",
        "utils.ChatCompletionDeltaToolCall", "utils.Usage", "utils.CostPerToken", "utils.CallTypes",
        "utils.EmbeddingResponse", "utils.StandardLoggingPayload", "router.RetryPolicy", "router.AllowedFailsPolicy",
        "router.LiteLLM_Params", "router.ModelInfo", "llms.base.BaseLiteLLMOpenAIResponseObject",
        "llms.openai.ResponsesAPIResponse", "llms.openai.ResponseAPIUsage", "llms.openai.RefusalDeltaEvent",
        "llms.openai.ReasoningSummaryTextDeltaEvent", "llms.openai.ResponsesAPIStreamEvents.OUTPUT_ITEM_DONE",
        "llms.openai.ChatCompletionAnnotation", "llms.openai.AllMessageValues", "llms.openai.ResponseInputParam",
        "llms.openai.ResponseFunctionToolCall", "responses.main.OutputFunctionToolCall",
        "llms.anthropic.AnthropicMessagesResponse",
    ],
)  # fmt: skip
def test_names_are_where_litellm_1_has_them(path: str) -> None:
    parts = path.split(".")
    length = next(n for n in range(len(parts), 0, -1) if importlib.util.find_spec(_module(parts[:n])))
    found = importlib.import_module(_module(parts[:length]))
    for part in parts[length:]:
        found = getattr(found, part)
    assert found is not None


def _module(parts: list[str]) -> str:
    known = {"utils", "router", "llms", "llms.base", "llms.openai", "llms.anthropic", "responses", "responses.main"}
    name = ".".join(parts)
    return f"litellm.types.{name}" if name in known else "litellm._nowhere"
