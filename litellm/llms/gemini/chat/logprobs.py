"""Gemini's logprobsResult as OpenAI's logprobs. Source: https://ai.google.dev/api/generate-content#LogprobsResult"""

from collections.abc import Mapping
from typing import Any

from litellm.types.chat import ChatCompletionTokenLogprob, ChoiceLogprobs, TopLogprob


def read_logprobs(result: Mapping[str, Any] | None) -> ChoiceLogprobs | None:
    """The chosen tokens with their rivals, step by step; None where the candidate has none."""
    if not result or not result.get("chosenCandidates"):
        return None
    rivals = [step.get("candidates") or [] for step in result.get("topCandidates") or ()]
    chosen = result["chosenCandidates"]
    rivals += [[]] * (len(chosen) - len(rivals))
    return ChoiceLogprobs(
        content=[
            ChatCompletionTokenLogprob(**_token(token), top_logprobs=[TopLogprob(**_token(rival)) for rival in others])
            for token, others in zip(chosen, rivals, strict=False)
        ]
    )


def _token(candidate: Mapping[str, Any]) -> dict[str, Any]:
    text = candidate.get("token") or ""
    return {"token": text, "logprob": candidate.get("logProbability") or 0.0, "bytes": list(text.encode())}
