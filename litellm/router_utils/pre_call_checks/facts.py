"""What is known of one request before a deployment is chosen, each fact looked up at most once and only when asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from litellm.core.call import Call
from litellm.core.tokens import token_counter
from litellm.router_utils.pre_call_checks.prompt_size import upper_estimate

# So far from the limit, counting would only take time: hardly a text has a token to 1.5 bytes, none one to twelve. What
# is let through wrongly is refused upstream with the same error.
_SURELY_UNDER, _SURELY_OVER = 2, 4
_UNSET: Any = object()


class Facts:
    """The facts of a request; `call` is the request as a core `Call`, before any deployment."""

    __slots__ = ("_counts", "_input_tokens", "_metadata", "_tags", "call")

    def __init__(self, call: Call) -> None:
        self.call: Call = call
        self._metadata: Mapping[str, Any] = _UNSET
        self._tags: tuple[str, ...] = _UNSET
        self._input_tokens: int = _UNSET
        self._counts: dict[str, int] | None = None

    @property
    def messages(self) -> Sequence[Mapping[str, Any]]:
        """The messages of a chat, nothing elsewhere."""
        return self.call.input if self.call.endpoint == "chat" else ()

    @property
    def params(self) -> Mapping[str, Any]:
        """The OpenAI parameters that were given."""
        return self.call.params

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The request's metadata, empty when it has none."""
        if self._metadata is _UNSET:
            given = self.call.options.metadata
            self._metadata = given if isinstance(given, Mapping) else {}
        return self._metadata

    @property
    def input_tokens(self) -> int:
        """About how many tokens the prompt has at most, estimated in less than a microsecond a message."""
        if self._input_tokens is _UNSET:
            self._input_tokens = upper_estimate(self.call.input, self.call.params.get("tools"))
        return self._input_tokens

    @property
    def output_tokens(self) -> int | None:
        """How many tokens the answer may have, None when the request does not say."""
        for name in ("max_completion_tokens", "max_tokens", "max_output_tokens"):
            value = self._given(name)
            if isinstance(value, int):
                return value
        return None

    @property
    def tags(self) -> tuple[str, ...]:
        """The request's tags, of its metadata and of its own argument, each once."""
        if self._tags is _UNSET:
            own = (*_texts(self.metadata.get("tags")), *_texts(self.call.options.tags))
            self._tags = tuple(dict.fromkeys(own))
        return self._tags

    @property
    def user_agent(self) -> str | None:
        """The client's `User-Agent`, where the gateway passed it on."""
        told = _text(self.metadata.get("user_agent"))
        if told is not None:
            return told
        incoming = self.call.options.other.get("proxy_server_request")
        return _header(self.metadata.get("headers")) or _header(
            incoming.get("headers") if isinstance(incoming, Mapping) else None
        )

    @property
    def session_id(self) -> str | None:
        """What groups the requests of one conversation."""
        other = self.call.options.other
        given = (self.metadata.get("session_id"), other.get("litellm_session_id"), other.get("litellm_trace_id"))
        return next((text for value in given if (text := _text(value)) is not None), None)

    @property
    def user_key(self) -> str | None:
        """The hash of the virtual key that was used; `user` is an end user's name and does not count."""
        return _text(self.metadata.get("user_api_key_hash"))

    @property
    def team_id(self) -> str | None:
        """The team of the virtual key that was used."""
        return _text(self.metadata.get("user_api_key_team_id")) or _text(self.metadata.get("team_id"))

    @property
    def previous_response_id(self) -> str | None:
        """The response that this request goes on from (Responses API)."""
        return _text(self._given("previous_response_id"))

    @property
    def region(self) -> tuple[str, ...]:
        """The regions that the request allows, empty when it allows all."""
        given = self.call.options.other.get("allowed_model_region")
        return _texts(self.metadata.get("allowed_model_region") if given is None else given)

    def count(self, model: str) -> int:
        """The tokens of the prompt by the tokenizer of `model` (a provider's own name), counted once a model."""
        counts = self._counts
        if counts is None:
            counts = self._counts = {}
        if model not in counts:
            counts[model] = self._counted(model)
        return counts[model]

    def exceeds(self, limit: float, model: str) -> bool:
        """Whether the prompt has more than `limit` tokens for `model`; counts them only where the estimate is near."""
        estimate = self.input_tokens
        if estimate * _SURELY_UNDER <= limit:
            return False
        return estimate > limit * _SURELY_OVER or self.count(model) > limit

    def _counted(self, model: str) -> int:
        content, params = self.call.input, self.call.params
        if self.call.endpoint == "chat":
            return token_counter(
                model=model,
                messages=content,
                tools=params.get("tools"),
                tool_choice=params.get("tool_choice"),
                default_token_count=self.input_tokens,
            )
        texts = _texts(content)
        return token_counter(model=model, text=texts) if texts else self.input_tokens

    def _given(self, name: str) -> Any:
        value = self.call.params.get(name)
        return self.call.extra.get(name) if value is None else value


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _texts(value: Any) -> tuple[str, ...]:
    """A text, or a list of them."""
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list | tuple) else ()


def _header(headers: Any) -> str | None:
    if not isinstance(headers, Mapping):
        return None
    return next((value for name, value in headers.items() if name.lower() == "user-agent"), None)
