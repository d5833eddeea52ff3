"""One event loop's connection: questions go out together as they come, replies are told to who asked.

It reconnects by itself, gives every question up at its deadline, and sends what a `Source` has every few milliseconds.
It knows no key and no script.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from litellm.caching import redis_wire
from litellm.caching.redis_outage import Breaker
from litellm.caching.redis_wire import Address, Command, Script, Wire

Told = Callable[[Any], None]
Clock = Callable[[], float]


class Due(NamedTuple):
    """What a source has to send now, each with who is told the reply; and in how many seconds to ask it again."""

    commands: Sequence[tuple[Command, Told]]
    again: float | None


class Source(Protocol):
    """Where the background's commands come from. A command that got no answer is told None, and may have run."""

    def due(self, now: float) -> Due:
        """What to send at `now`, seconds since the epoch."""
        ...

    def forked(self) -> None:
        """This is a child of the process that filled the source."""
        ...


class Limits(NamedTuple):
    """Seconds: `deadline` of a question, `flush` between background sends, `probe` between looks at a server that is
    away, `connect` for a connection. `failures` in a row open the breaker."""

    deadline: float = 0.05
    flush: float = 0.01
    probe: float = 1.0
    connect: float = 1.0
    background: float = 1.0
    failures: int = 3


class Asked:
    """A question on its way: `give` is told the reply in time or None, `late` a reply that came after None.

    `late` is told None when it will never be known whether the command ran, and nothing when it surely did not.
    """

    __slots__ = ("at", "command", "due", "given", "give", "late", "over", "reply", "sent", "spared", "timer", "whole")

    def __init__(self, command: Command, give: Told, late: Told | None = None) -> None:
        self.command: Command = command
        self.give: Told = give
        self.late: Told | None = late
        self.at: float = time.monotonic()
        self.due: float = 0.0
        self.timer: asyncio.TimerHandle | None = None
        self.reply: Any = None
        self.given: bool = False
        self.over: bool = False
        self.sent: bool = False
        self.spared: bool = False
        self.whole: bool = False


_PROBE = Command(Script("return redis.call('SET', KEYS[1], 1, 'PX', 1000)"), ("{litellm}:probe",), ()).packed(
    whole=True
)
_LATE = 0.005


class Link:
    """The connection of the running event loop to one server."""

    def __init__(self, address: Address, breaker: Breaker, limits: Limits, clock: Clock, source: Source | None) -> None:
        self.loop: asyncio.AbstractEventLoop = asyncio.get_running_loop()
        self._address = address
        self._breaker = breaker
        self._limits = limits
        self._clock = clock
        self._source = source
        self._unsent: deque[Asked] = deque()
        self._sent: deque[Asked] = deque()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def put(self, asked: Asked, seconds: float) -> None:
        """Send a question soon; it is given up after so many seconds."""
        asked.due = self.loop.time() + seconds
        asked.timer = self.loop.call_at(asked.due, self._expire, asked)
        self._unsent.append(asked)
        self.start()

    def start(self) -> None:
        """Connect when there is no connection, and look after a server that is away."""
        self._wake.set()
        if self._task is None or self._task.done():
            self._task = self.loop.create_task(self._serve(), name="litellm-redis")

    def abandon(self, asked: Asked) -> None:
        """Whoever asked has gone."""
        if not asked.given:
            self._give(asked, None)
        elif asked.late is not None and asked.over and asked.reply is not None:
            asked.late(asked.reply)

    def nudge(self, seconds: float | None = None) -> None:
        """Send what the source has soon: in so many seconds, else at the next flush."""
        due = self.loop.time() + (self._limits.flush if seconds is None else seconds)
        if self._timer is not None:
            if self._timer.when() <= due:
                return
            self._timer.cancel()
        self._timer = self.loop.call_at(due, self._tick)

    def follow(self) -> None:
        """The source has something: flush it soon, or look whether a server that is away is back."""
        if self._breaker.is_open:
            self.start()
        else:
            self.nudge()

    def stop(self) -> None:
        """Send what is left and disconnect."""
        if self._task is not None:
            self._task.cancel()

    async def drain(self) -> None:
        """Send what is left on the connection there is, and wait shortly for the replies."""
        self._tick()
        end = self.loop.time() + 2 * self._limits.deadline
        while (self._unsent or self._sent) and self.loop.time() < end:
            await asyncio.sleep(0.002)

    def _tick(self) -> None:
        self._timer = None
        if self._source is None or self._breaker.is_open:
            return  # the session that closes the breaker comes here again
        commands, again = self._source.due(self._clock())
        for command, told in commands:
            self.put(Asked(command, told), self._limits.background)
        if again is not None:
            self.nudge(again)

    def _expire(self, asked: Asked) -> None:
        """Its time is over; but a loop that was held by something else has not had the chance to read the reply."""
        if asked.given:
            return
        if not asked.spared and self.loop.time() - asked.due > _LATE:
            asked.spared = True
            asked.timer = self.loop.call_later(_LATE, self._expire, asked)
            return
        self._give(asked, None)
        now = time.monotonic()
        self._breaker.failed(asked.at, now, f"no answer within {1000 * (now - asked.at):.0f} ms")
        self._wake.set()

    def _give(self, asked: Asked, reply: Any) -> None:
        """Tell the reply once; after that it is late."""
        if asked.timer is not None:
            asked.timer.cancel()
        if not asked.given:
            asked.given = True
            asked.reply = reply
            asked.give(reply)
        elif asked.late is not None:
            asked.late(reply)

    def _over(self, asked: Asked, reply: Any) -> None:
        """Nothing more will come."""
        if not asked.over:
            asked.over = True
            if asked.sent or not asked.given:
                self._give(asked, reply)

    async def _serve(self) -> None:
        try:
            while True:
                if self._breaker.is_open:
                    await asyncio.sleep(self._limits.probe)
                await self._session()
                if not self._unsent and not self._breaker.is_open:
                    self._wake.clear()
                    await self._wake.wait()
        except asyncio.CancelledError:
            await self._finish()
            raise

    async def _session(self) -> None:
        """Live with one connection until it breaks or the breaker opens."""
        wire = self._address.wire()
        try:
            async with asyncio.timeout(self._limits.connect):
                await wire.open()
            if self._breaker.is_open:
                async with asyncio.timeout(self._limits.deadline):
                    await _ask(wire, [_PROBE])
                self._breaker.close()
            self.nudge()
            await self._exchange(wire)
        except redis_wire.broken() as error:
            now = time.monotonic()
            self._breaker.failed(now, now, str(error) or type(error).__name__)
        finally:
            self._lose()
            await _closed(wire)

    async def _exchange(self, wire: Wire) -> None:
        reader = self.loop.create_task(self._read(wire), name="litellm-redis-replies")
        reader.add_done_callback(lambda _: self._wake.set())
        try:
            while not self._breaker.is_open:
                self._wake.clear()
                if reader.done():
                    reader.result()
                batch = [asked for asked in self._unsent if not asked.given]
                self._unsent.clear()
                if not batch:
                    await self._wake.wait()
                    continue
                for asked in batch:
                    asked.sent = True
                self._sent.extend(batch)
                async with asyncio.timeout(self._limits.connect):
                    await wire.write([asked.command.packed(whole=asked.whole) for asked in batch])
        finally:
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)

    async def _read(self, wire: Wire) -> None:
        while True:
            reply = await wire.read()
            asked = self._sent.popleft()
            if redis_wire.unknown_script(reply):
                self._again(asked)
            elif isinstance(reply, Exception):
                self._breaker.failed(asked.at, time.monotonic(), str(reply))
                self._over(asked, reply if asked.late is None else None)
            else:
                if not asked.given:
                    self._breaker.answered()
                self._over(asked, reply)

    def _again(self, asked: Asked) -> None:
        """The server does not know the script yet: send the text."""
        asked.sent = False
        if asked.given or asked.whole:
            self._over(asked, None)
            return
        asked.whole = True
        self._unsent.append(asked)
        self._wake.set()

    def _lose(self) -> None:
        for waiting in (self._sent, self._unsent):
            while waiting:
                self._over(waiting.popleft(), None)

    async def _finish(self) -> None:
        """The loop ends: what its other tasks leave behind in their last steps is sent on a connection of its own."""
        if self._timer is not None:
            self._timer.cancel()
        if self._source is None or self._breaker.is_open:
            return
        await asyncio.sleep(self._limits.flush)
        commands, _ = self._source.due(self._clock())
        if not commands:
            return
        replies: list[Any] = [None] * len(commands)
        wire = self._address.wire()
        try:
            async with asyncio.timeout(2 * self._limits.deadline):
                await wire.open()
                replies = await _ask(wire, [command.packed(whole=True) for command, _ in commands])
        except redis_wire.broken():
            pass
        except RuntimeError:
            pass  # the interpreter ends too, and starts no thread any more
        finally:
            await _closed(wire)
            for (_, told), reply in zip(commands, replies, strict=True):
                told(reply)


async def _ask(wire: Wire, commands: Sequence[Sequence[redis_wire.Argument]]) -> list[Any]:
    await wire.write(commands)
    replies = [await wire.read() for _ in commands]
    for reply in replies:
        if isinstance(reply, Exception):
            raise reply
    return replies


async def _closed(wire: Wire) -> None:
    try:
        await wire.close()
    except redis_wire.broken():
        pass
