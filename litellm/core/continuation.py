"""A streamed answer that goes on with another one when it breaks: one stream to its reader, paid for in all parts.

Who takes over, and what is asked of it, is the plan's to say; here the parts become one.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from litellm.core.ending import Ending, Observer
from litellm.core.errors import ProviderError
from litellm.types.usage import Usage

GoOn = Callable[[ProviderError, str], Awaitable[Any]]
_EVENT = b"data: "
_KEPT = ("id", "created", "model")


class ContinuedStream:
    """A stream that may break after its first token and go on elsewhere.

    `go_on` is given the failure and the text so far, and answers the stream that continues it, or None when nothing
    does: then the failure is raised. The chunks of all parts bear the first part's identity, and its usage is the sum
    of theirs.
    """

    def __init__(self, stream: Any, go_on: GoOn) -> None:
        self._stream = stream
        self._go_on = go_on
        self._first: dict[str, Any] | None = None
        self._before: list[str] = []
        self._spent: list[Usage] = []
        self._ending = Ending()
        self.first_chunk_at: float | None = stream.first_chunk_at
        self.on_end: Callable[[BaseException | None], None] | None = None

    def __aiter__(self) -> "ContinuedStream":
        return self

    async def __anext__(self) -> Any:
        while True:
            try:
                return self._as_one(await self._stream.__anext__())
            except StopAsyncIteration:
                self._end(None, finished=True)
                raise
            except ProviderError as error:
                await self._take_over(error)
            except BaseException as error:
                self._end(error, finished=False)
                raise

    async def _take_over(self, error: ProviderError) -> None:
        """Go on with another stream; raises the failure when there is none, or what was said cannot be continued."""
        broken, text = self._stream, self.text()
        if broken.calls_tools or broken.reasons or not text:
            following = None
        else:
            following = await self._go_on(error, text)
        if following is None:
            self._end(error, finished=False)
            raise error
        self._before.append(broken.text())
        self._spent.append(_usage_of(broken))
        self._stream = following
        following.counts = self.counts

    def _as_one(self, item: Any) -> Any:
        """A chunk, or events as bytes, of whatever part, as the first part's."""
        if type(item) is bytes:
            return item if not self._spent and self._first else self._events(item)
        if self._first is None:
            self._first = {name: getattr(item, name) for name in _KEPT}
        if self._spent:
            for name, value in self._first.items():
                setattr(item, name, value)
            for choice in item.choices:
                if getattr(choice, "delta", None) is not None and choice.delta.get("role"):
                    choice.delta.role = None
            if item.usage is not None:
                item.usage = self.usage
        return item

    def _events(self, data: bytes) -> bytes:
        """Complete events with the first part's identity, and the usage of all parts."""
        shown = []
        for event in data.split(b"\n\n"):
            if not event.startswith(_EVENT):
                continue
            fields = msgspec.json.decode(event[len(_EVENT) :])
            if self._first is None:
                self._first = {name: fields[name] for name in _KEPT if name in fields}
                return data
            fields.update(self._first)
            if fields.get("usage"):
                fields["usage"] = self.usage
            shown.append(_EVENT + msgspec.json.encode(fields, enc_hook=dict) + b"\n\n")
        return b"".join(shown)

    # -- what is known of it -------------------------------------------------------------------------------------

    def text(self) -> str:
        """The text that came so far, of all parts."""
        return "".join((*self._before, self._stream.text()))

    @property
    def usage(self) -> Any:
        """What all parts took: reported, or counted for the parts that broke."""
        last = self._stream.usage
        if not self._spent or last is None:
            return last
        return _sum([*self._spent, _read(last)])

    @property
    def counted(self) -> Any:
        """As `usage`, for a last part that upstream reported none of."""
        last = getattr(self._stream, "counted", None)
        return _sum([*self._spent, last]) if last is not None and self._spent else last

    def count(self) -> Usage:
        """The usage so far by our own count."""
        return _sum([*self._spent, _usage_of(self._stream)])

    @property
    def counts(self) -> bool:
        """Whether somebody wants usage counted that is not reported."""
        return bool(getattr(self._stream, "counts", False))

    @counts.setter
    def counts(self, value: bool) -> None:
        self._stream.counts = value

    @property
    def calls_tools(self) -> bool:
        """Whether a tool call has begun."""
        return bool(self._stream.calls_tools)

    # -- its end -------------------------------------------------------------------------------------------------

    def watch(self, observer: Observer) -> None:
        """Have `observer` called once when the answer ends: with its error, if any, and whether it is complete."""
        self._ending.watch(observer)

    async def aclose(self) -> None:
        """Close the connection of the part that is running."""
        try:
            await self._stream.aclose()
        finally:
            self._end(None, finished=False)

    def _end(self, error: BaseException | None, *, finished: bool) -> None:
        if self._ending.over:
            return
        self._ending.tell(error, finished)
        if self.on_end:
            self.on_end(error)


def _usage_of(stream: Any) -> Usage:
    """The usage of a part that broke, as reported, else as counted."""
    if stream.usage is not None:
        return _read(stream.usage)
    count = getattr(stream, "count", None)
    return count() if count is not None else Usage(completion_tokens=len(stream.text().encode()) // 3)


def _read(usage: Any) -> Usage:
    if isinstance(usage, msgspec.Raw):
        return Usage.from_dict(msgspec.json.decode(usage))
    return usage  # type: ignore[no-any-return]


def _sum(parts: list[Usage]) -> Usage:
    """Usage of which the tokens of all parts are added; details are the last part's."""
    total = parts[-1].model_copy()
    for name in ("prompt_tokens", "completion_tokens", "total_tokens"):
        setattr(total, name, sum(getattr(part, name) or 0 for part in parts))
    return total
