"""A whole answer of generateContent as a `ModelResponse`. Source: https://ai.google.dev/api/generate-content"""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm.core.errors import InvalidResponse, quote
from litellm.core.http import HttpResponse
from litellm.core.target import Target
from litellm.llms.gemini.chat.grounding import annotations, groundings, own_metadata
from litellm.llms.gemini.chat.logprobs import read_logprobs
from litellm.llms.gemini.chat.parts import read_parts
from litellm.llms.gemini.chat.usage import read_usage
from litellm.types.chat import ChatCompletionMessageToolCall, Choices, Message, ModelResponse
from litellm.types.finish_reasons import map_finish_reason

_TIER_HEADER = "x-gemini-service-tier"
_TIERS = {"standard": "default"}


def read_response(response: HttpResponse, target: Target) -> ModelResponse:
    """The answer; one that was blocked before it began is an empty choice with finish reason "content_filter".

    Raises:
        InvalidResponse: the body is no answer of generateContent.
    """
    answer = _decoded(response, target)
    candidates = answer.get("candidates") or []
    made = ModelResponse(
        id=answer.get("responseId") or None,
        model=target.model,
        choices=[_choice(candidate, place) for place, candidate in enumerate(candidates)] or [_blocked(answer)],
        usage=read_usage(answer.get("usageMetadata") or {}, groundings(candidates)),
        **own_metadata(candidates),
    )
    tier = response.headers.get(_TIER_HEADER)
    if tier:
        made.service_tier = _TIERS.get(tier.lower(), tier.lower())
    made._hidden_params.update(own_metadata(candidates))
    return made


def finish_reason(reason: str | None, *, called: bool) -> str:
    """OpenAI's word for why a candidate ended; one that stopped to call tools says so."""
    mapped = map_finish_reason(reason) if reason else "stop"
    return "tool_calls" if called and mapped == "stop" else mapped


def block_reason(answer: Mapping[str, Any]) -> str | None:
    """Why the prompt was refused, when it was."""
    feedback = answer.get("promptFeedback")
    return feedback.get("blockReason") if isinstance(feedback, dict) else None


def blocked_fields(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What the message of a refused prompt says of the refusal."""
    return {"provider_specific_fields": {"prompt_feedback": answer.get("promptFeedback") or {}}}


def _decoded(response: HttpResponse, target: Target) -> dict[str, Any]:
    try:
        answer = msgspec.json.decode(response.body)
    except msgspec.DecodeError:
        answer = None
    if isinstance(answer, dict) and (answer.get("candidates") or block_reason(answer) or "usageMetadata" in answer):
        return answer
    raise InvalidResponse(
        f"upstream's answer has neither candidates nor the reason why the prompt was blocked: {quote(response.body)}",
        provider=target.provider,
        model=target.model,
        headers=response.headers,
        body=response.body,
    )


def _blocked(answer: Mapping[str, Any]) -> Choices:
    fields = blocked_fields(answer) if block_reason(answer) else {}
    return Choices(finish_reason="content_filter", index=0, message=Message(**fields))


def _choice(candidate: Mapping[str, Any], place: int) -> Choices:
    said = read_parts((candidate.get("content") or {}).get("parts") or ())
    fields = said.fields()
    if said.thinking:
        fields["thinking_blocks"] = said.thinking
    if said.calls:
        fields["tool_calls"] = [ChatCompletionMessageToolCall(**_unnumbered(call)) for call in said.calls]
    cited = annotations(candidate.get("groundingMetadata"), said.text)
    if cited:
        fields["annotations"] = cited
    return Choices(
        finish_reason=finish_reason(candidate.get("finishReason"), called=bool(said.calls)),
        index=candidate.get("index", place),
        message=Message(content=said.text or None, **fields),
        logprobs=read_logprobs(candidate.get("logprobsResult")),
    )


def _unnumbered(call: Mapping[str, Any]) -> dict[str, Any]:
    """The tool call without its index, which only chunks have."""
    return {name: value for name, value in call.items() if name != "index"}
