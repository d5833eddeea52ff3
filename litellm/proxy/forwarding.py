"""Requests and answers that are in the provider's format already: sent on as they are, but for the model's name.

A body is taken apart at its top level only (name to raw JSON) and put together again: a name given twice is one
afterwards, and nothing below the top level is read.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import msgspec

from litellm.core.call import Call
from litellm.core.errors import InvalidResponse, ProviderError, StreamBroken, quote
from litellm.core.framing import EventParser, FrameTooLarge
from litellm.core.http import HttpRequest, HttpResponse
from litellm.core.ports import Ports
from litellm.core.streaming import KEPT_TEXT, MOST_BEFORE_TOKEN, HttpChunks, Streamed
from litellm.core.target import Target

Fields = dict[str, msgspec.Raw]

read_fields: Callable[[bytes], Fields] = msgspec.json.Decoder(Fields).decode
_encode = msgspec.json.Encoder().encode
_NULL = msgspec.Raw(b"null")
_NOTHING = msgspec.Raw(b"[]")
_FINISHED = re.compile(rb'"finish_reason"\s*:\s*"')


class Passage(msgspec.Struct, frozen=True, eq=False):
    """A request on its way through: the input of its call. `shown_model` is the name that the client knows, as JSON."""

    adapter: "Forwarding"
    fields: Fields
    shown_model: msgspec.Raw


class Passed(msgspec.Struct, frozen=True, eq=False):
    """An answer that came through: its bytes for the client, its usage as raw JSON, and what else may bear on its
    price.
    """

    body: bytes
    usage: msgspec.Raw | None
    service_tier: msgspec.Raw | None = None
    result: msgspec.Raw | None = None

    @property
    def choices(self) -> "list[_Choice]":
        """The choices of a chat, as far as it matters how they ended."""
        try:
            return msgspec.json.decode(self.result or b"[]", type=list[_Choice])
        except msgspec.ValidationError:
            return []


class Events:
    """The events of one streamed answer: bytes in, events for the client out, restamped one by one."""

    def __init__(self, call: Call, target: Target, failure: Callable[[bytes], ProviderError]) -> None:
        self._model = call.input.shown_model
        self._target = target
        self._failure = failure
        self._parser = EventParser()
        self._done = False
        self.failed: ProviderError | None = None
        self._shows_usage = b"include_usage" in bytes(call.input.fields.get("stream_options", b""))
        self.usage: msgspec.Raw | None = None
        self.choices: list[msgspec.Raw] = []
        self._kept = 0
        self._last: deque[msgspec.Raw] = deque(maxlen=8)
        self.speaks: bool = False

    def feed(self, data: bytes) -> list[bytes]:
        """The events that these bytes complete; a failure among them waits in `failed` until those have gone out."""
        shown: list[bytes] = []
        for event in self._parser.feed(data):
            try:
                shown += self._pass(event.data)
            except ProviderError as error:
                if not shown:
                    raise
                self.failed = error
                break
        return shown

    def close(self) -> list[bytes]:
        shown = [shown for event in self._parser.close() for shown in self._pass(event.data)]
        if not self.finished:
            raise StreamBroken("the stream ended before upstream said that the answer was complete")
        return shown

    @property
    def finished(self) -> bool:
        """Whether upstream said that the answer is complete."""
        return self._done or any(_FINISHED.search(bytes(raw)) for raw in (*self.choices[-8:], *self._last))

    def _pass(self, data: bytes) -> list[bytes]:
        if data == b"[DONE]":
            self._done = True
            return []
        try:
            fields = read_fields(data)
        except msgspec.DecodeError as error:
            raise self._unreadable(data) from error
        if fields.get("error", _NULL) != _NULL:
            raise self._failure(data)
        choices = fields.get("choices", _NOTHING)
        usage = fields.get("usage", _NULL)
        if usage != _NULL:
            self.usage = usage
            if not self._shows_usage:
                if choices == _NOTHING:
                    return []
                del fields["usage"]
        if choices != _NOTHING:
            self._keep(choices, len(data))
        fields["model"] = self._model
        return [b"data: " + _encode(fields) + b"\n\n"]

    def _keep(self, choices: msgspec.Raw, size: int) -> None:
        """Keep what is said for who asks later, within bounds, and the last of it in any case."""
        if self._kept < KEPT_TEXT:
            self._kept += size  # the raw value holds on to its whole event
            self.choices.append(choices)
        else:
            self._last.append(choices)
        if not self.speaks:
            self.speaks = _speak(msgspec.json.decode(choices))

    def _unreadable(self, data: bytes) -> InvalidResponse:
        return InvalidResponse(
            f"upstream sent an event that cannot be read: {quote(data)}",
            provider=self._target.provider,
            model=self._target.model,
        )


class PassingStream(Streamed):
    """A streamed answer as bytes of whole events. `usage` and `text()` are what is known of it at any moment."""

    def __init__(self, source: HttpChunks, call: Call, target: Target, ports: Ports) -> None:
        super().__init__(source, target, ports)
        self._events: Events = source.decoder
        self._ready: list[bytes] = []

    @property
    def usage(self) -> msgspec.Raw | None:
        """What upstream reported, as raw JSON."""
        return self._events.usage

    def text(self) -> str:
        texts = (choice.text or choice.delta.content for choice in self._said())
        return "".join(text for text in texts if isinstance(text, str))

    @property
    def calls_tools(self) -> bool:
        """Whether a tool call has begun."""
        return any(choice.delta.tool_calls for choice in self._said())

    @property
    def reasons(self) -> bool:
        """Whether reasoning has begun."""
        return any(choice.delta.reasoning_content or choice.delta.reasoning for choice in self._said())

    def _said(self) -> Iterator["_Choice"]:
        for raw in self._events.choices:
            yield from msgspec.json.decode(raw, type=list[_Choice])

    async def prime(self) -> None:
        """Wait for the first token, so that a stream that fails before it is an error and not a stream."""
        try:
            while not self._events.speaks and len(self._ready) < MOST_BEFORE_TOKEN:
                events = await self._pull()
                if events is None:
                    break
                self._ready += events
        except BaseException as error:
            await self._end(error)
            raise
        self._began()

    def __aiter__(self) -> "PassingStream":
        return self

    async def __anext__(self) -> bytes:
        if self._ready:
            data, self._ready = b"".join(self._ready), []
            return data
        if self._ending.over:
            raise StopAsyncIteration
        try:
            events = await self._pull()
        except BaseException as error:
            await self._end(error)
            raise
        if events is None:
            await self._end(None, finished=True)
            raise StopAsyncIteration
        return b"".join(events)

    async def _pull(self) -> list[bytes] | None:
        """The events of the next read that has any, None at the end."""
        events = self._events
        try:
            if events.failed:
                raise events.failed
            while (shown := await self._source.next()) is not None:
                if events.speaks and self.first_chunk_at is None:
                    self.first_chunk_at = self._ports.now()
                if shown:
                    return shown  # type: ignore[no-any-return]
        except FrameTooLarge as error:
            self._raise(StreamBroken(str(error)))
        except ProviderError as error:
            self._raise(error)
        return None

    async def aclose(self) -> None:
        self._ready.clear()
        await super().aclose()

    def _is_whole(self) -> bool:
        return self._events.finished


class _Delta(msgspec.Struct, frozen=True):
    content: Any = None
    reasoning_content: Any = None
    reasoning: Any = None
    tool_calls: Any = None


class _Choice(msgspec.Struct):
    text: Any = None
    finish_reason: Any = None
    delta: _Delta = _Delta()


def _speak(choices: Any) -> bool:
    """Whether the choices of an event say more than whose turn it is; what is no list of choices is not held back."""
    try:
        return any(
            choice.get("finish_reason")
            or choice.get("text")
            or any(value for name, value in (choice.get("delta") or {}).items() if name != "role")
            for choice in choices
        )
    except (AttributeError, TypeError):
        return True


class Forwarding(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """How one endpoint of one deployment is sent requests that need no rewriting: an adapter for a `Passage`.

    `adapter` is the provider's own, `params` the names whose values pass as they are, `content` and `result` the fields
    that a request and an answer must have, `model` the provider's name of the model, as JSON.
    """

    local: ClassVar[bool] = False
    stream_type: ClassVar[type[PassingStream]] = PassingStream

    adapter: Any
    target: Target
    stream_target: Target
    url: str
    headers: dict[str, str]
    params: frozenset[str]
    model: msgspec.Raw
    content: str
    result: str

    def takes(self, fields: Fields) -> bool:
        """Whether nothing in a request with these fields is rewritten for this deployment."""
        if not fields.keys() <= self.params:
            return False
        if fields.get("tools") == _NOTHING or fields.get("functions") == _NOTHING:
            return False  # some providers refuse empty lists; the adapter leaves them out
        if self.adapter.stop_limit and bytes(fields.get("stop", b"")).startswith(b"["):
            return False  # the adapter may have to shorten the list
        # Models that do not know a developer's messages get them under another role.
        return b'"developer"' not in bytes(fields[self.content])

    async def prepare(self, call: Call, target: Target, ports: Ports) -> HttpRequest:
        """The request with the provider's name of the model; a null means that a value was not given."""
        passage: Passage = call.input
        fields = {name: raw for name, raw in passage.fields.items() if raw != _NULL}
        fields["model"] = self.model
        return HttpRequest("POST", self.url, self.headers, _encode(fields), call.stream)

    def transform_response(self, response: HttpResponse, call: Call, target: Target) -> Passed:
        """The answer under the name of the model that the client knows."""
        fields = read_fields(response.body)
        result = fields.get(self.result, _NOTHING)
        if result == _NOTHING:
            raise InvalidResponse(
                f"upstream answered 200 without any {self.result}: {quote(response.body)}",
                provider=target.provider,
                model=target.model,
                headers=response.headers,
                body=response.body,
            )
        fields["model"] = call.input.shown_model
        return Passed(_encode(fields), fields.get("usage"), fields.get("service_tier"), result)

    def transform_error(self, response: HttpResponse, target: Target) -> ProviderError:
        return self.adapter.transform_error(response, target)  # type: ignore[no-any-return]

    def stream_decoder(self, call: Call, target: Target) -> Events:
        """A decoder whose chunks are the client's events; how upstream words a failure is the adapter's knowledge."""
        return Events(call, target, self.adapter.stream_decoder(call, target).failure)
