"""Usage for an answer whose provider reported none, by counting its tokens."""

from typing import Any

from litellm.core.call import Call
from litellm.core.tokens import estimate_tokens, token_counter
from litellm.types.usage import Usage


def usage_of(call: Call, model: str, text: str) -> Usage:
    """The tokens of the call's prompt and of the answer's text; exact where the model's tokenizer is known."""
    prompt = _prompt_tokens(call, model)
    completion = token_counter(model=model, text=text) if text else 0
    return Usage(prompt_tokens=prompt, completion_tokens=completion, total_tokens=prompt + completion)


def _prompt_tokens(call: Call, model: str) -> int:
    content: Any = call.input
    if call.endpoint == "chat":
        return token_counter(model=model, messages=content, tools=call.params.get("tools"))
    if isinstance(content, str):
        return token_counter(model=model, text=content)
    return estimate_tokens(repr(content))
