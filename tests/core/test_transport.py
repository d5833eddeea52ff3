"""The network as it is: deadlines, cut answers, TLS, proxies, forks and many calls at once, over loopback sockets."""

import asyncio
import gc
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from litellm.core.bridge import drive
from litellm.core.egress import Policy
from litellm.core.errors import BadRequest, ConnectionFailed, MediaFetchFailed, ProviderError, TimedOut
from litellm.core.http import Deadlines, HttpRequest
from litellm.core.transport import AsyncPorts, BlockingPorts, TransportOptions
from tests.support.faulty import Peer, faulty

Run = Callable[[Coroutine[Any, Any, Any]], Any]


class Kind:
    """One of the two implementations, and how its coroutines are run."""

    def __init__(self, ports: type[Any], run: Run) -> None:
        self.ports = ports
        self.run = run


@pytest.fixture(params=[Kind(BlockingPorts, drive), Kind(AsyncPorts, asyncio.run)], ids=["blocking", "asyncio"])
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.param  # type: ignore[no-any-return]


SOON = Deadlines(5.0, 5.0, 5.0, None)


def post(base: str, *, stream: bool = False, **headers: str) -> HttpRequest:
    return HttpRequest("POST", f"{base}/v1?key=hidden", headers, b"body", stream)


async def read_all(ports: Any, request: HttpRequest, deadlines: Deadlines = SOON) -> list[bytes]:
    body = await ports.open(request, deadlines)
    parts = []
    try:
        while part := await body.read():
            parts.append(part)
    finally:
        await body.aclose()
        await body.aclose()
    return parts


def silent(peer: Peer) -> None:
    peer.wait_until_gone()


def test_sending_and_receiving(kind: Kind) -> None:
    with faulty(lambda peer: peer.answer(418, b"tea", {"X-Kind": "Oolong"})) as provider:
        response = kind.run(kind.ports().send(post(provider.base, accept="x"), SOON))
    assert (response.status, response.body, response.headers["x-kind"]) == (418, b"tea", "Oolong")
    assert provider.requests[0].path == "/v1?key=hidden"
    assert provider.requests[0].body == b"body"
    assert provider.requests[0].headers["accept"] == "x"


def test_bytes_are_given_out_as_they_come(kind: Kind) -> None:
    read, both = threading.Event(), []

    def script(peer: Peer) -> None:
        peer.begin_stream()
        peer.part(b"first")
        both.append(read.wait(10))
        peer.part(b"second")
        peer.end_stream()

    async def follow() -> list[bytes]:
        body = await kind.ports().open(post(provider.base, stream=True), SOON)
        parts = [await body.read()]
        read.set()
        parts += [await body.read(), await body.read()]
        await body.aclose()
        return parts

    with faulty(script) as provider:
        assert kind.run(follow()) == [b"first", b"second", b""]
    assert both == [True]


@pytest.mark.parametrize("stream", [False, True])
def test_no_first_byte_in_time(kind: Kind, stream: bool) -> None:
    deadlines = Deadlines(5.0, 0.1, 3.0 if stream else 0.1, None)
    with faulty(silent) as provider, pytest.raises(TimedOut, match="first byte 0.1 s") as caught:
        ports = kind.ports()
        request = post(provider.base, stream=stream)
        kind.run(ports.open(request, deadlines) if stream else ports.send(request, deadlines))
    assert "hidden" not in str(caught.value)


def test_a_late_answer_is_closed_by_whoever_waited_for_it() -> None:
    answer, gone = threading.Event(), []

    def late(peer: Peer) -> None:
        answer.wait(10)
        peer.begin_stream()
        peer.part(b"late")
        gone.append(peer.wait_until_gone())

    with faulty(late) as provider:
        with pytest.raises(TimedOut):
            drive(BlockingPorts().open(post(provider.base, stream=True), Deadlines(5.0, 0.1, 5.0, None)))
        answer.set()
        assert provider.ended.wait(10)
    assert gone == [True]


def test_silence_between_chunks(kind: Kind) -> None:
    def stall(peer: Peer) -> None:
        peer.begin_stream()
        peer.part(b"x")
        peer.wait_until_gone()

    with faulty(stall) as provider, pytest.raises(TimedOut, match="between chunks 0.1 s"):
        kind.run(read_all(kind.ports(), post(provider.base, stream=True), Deadlines(5.0, 0.1, 0.1, None)))


def test_the_total_bounds_a_stream_that_never_stops(kind: Kind) -> None:
    stop = threading.Event()

    def endless(peer: Peer) -> None:
        peer.begin_stream()
        while not stop.wait(0.01):
            peer.part(b"x")

    with faulty(endless) as provider:
        with pytest.raises(TimedOut, match="total 0.2 s"):
            kind.run(read_all(kind.ports(), post(provider.base, stream=True), Deadlines(5.0, 5.0, 5.0, 0.2)))
        stop.set()


def test_the_total_bounds_a_silent_stream_in_a_loop() -> None:
    def stall(peer: Peer) -> None:
        peer.begin_stream()
        peer.part(b"x")
        peer.wait_until_gone()

    with faulty(stall) as provider, pytest.raises(TimedOut):
        asyncio.run(read_all(AsyncPorts(), post(provider.base, stream=True), Deadlines(5.0, 5.0, 60.0, 0.2)))


def test_the_total_bounds_a_whole_answer(kind: Kind) -> None:
    def slowly(peer: Peer) -> None:
        peer.raw(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nx")
        peer.wait_until_gone()

    with faulty(slowly) as provider, pytest.raises(TimedOut, match="total 0.2 s"):
        kind.run(kind.ports().send(post(provider.base), Deadlines(5.0, 5.0, 5.0, 0.2)))


def _cut(peer: Peer) -> None:
    peer.begin_stream()
    peer.part(b"x")
    peer.hang_up()


def _hang_up(peer: Peer) -> None:
    peer.hang_up()


def _no_http(peer: Peer) -> None:
    peer.raw(b"SSH-2.0-OpenSSH\r\n\r\n")
    peer.hang_up()


@pytest.mark.parametrize("script", [_cut, _hang_up, _no_http])
@pytest.mark.parametrize("stream", [False, True])
def test_a_connection_that_breaks(kind: Kind, script: Any, stream: bool) -> None:
    with faulty(script) as provider, pytest.raises(ConnectionFailed, match="127.0.0.1") as caught:
        request = post(provider.base, stream=stream)
        kind.run(read_all(kind.ports(), request) if stream else kind.ports().send(request, SOON))
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("localhost:80/v1", {}),
        ("no url", {}),
        ("ftp://localhost/", {}),
        ("http://localhost/", {"x": "a\nb"}),
        ("http://localhost/", {"a b": "x"}),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_a_request_that_cannot_be_built_is_the_callers_mistake(
    kind: Kind, url: str, headers: dict[str, str], stream: bool
) -> None:
    ports, request = kind.ports(), HttpRequest("POST", url, headers, b"", stream)
    with pytest.raises(BadRequest, match="cannot be built"):
        kind.run(ports.open(request, SOON) if stream else ports.send(request, SOON))


def test_nobody_listens(kind: Kind) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        base = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ConnectionFailed, match="cannot reach"):
        kind.run(kind.ports().send(post(base), SOON))


def _endless(gone: list[bool]) -> Callable[[Peer], None]:
    def script(peer: Peer) -> None:
        peer.begin_stream()
        peer.part(b"x")
        gone.append(peer.wait_until_gone())

    return script


def test_an_answer_that_nobody_holds_ends_upstream(kind: Kind) -> None:
    gone: list[bool] = []

    async def abandon() -> None:
        body = await kind.ports().open(post(provider.base, stream=True), SOON)
        await body.read()

    with faulty(_endless(gone)) as provider:
        kind.run(abandon())
        gc.collect()
        assert provider.ended.wait(10)
    assert gone == [True]


async def test_cancelling_a_read_and_closing_ends_upstream() -> None:
    gone: list[bool] = []
    with faulty(_endless(gone)) as provider:
        body = await AsyncPorts().open(post(provider.base, stream=True), SOON)
        await body.read()
        reading = asyncio.ensure_future(body.read())
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        await body.aclose()
        assert await asyncio.to_thread(provider.ended.wait, 10)
    assert gone == [True]


async def test_who_is_cancelled_before_an_answer_is_free_at_once() -> None:
    with faulty(silent) as provider:
        loop = asyncio.get_running_loop()
        sending = asyncio.ensure_future(AsyncPorts().send(post(provider.base), Deadlines(5.0, 60.0, 60.0, None)))
        while not provider.requests:
            await asyncio.sleep(0)
        sending.cancel()
        started = loop.time()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert loop.time() - started < 1


def test_two_hundred_calls_at_once() -> None:
    async def program() -> list[int]:
        ports = AsyncPorts()
        answers = await asyncio.gather(*(ports.send(post(provider.base), SOON) for _ in range(200)))
        return [answer.status for answer in answers]

    with faulty(lambda peer: peer.answer(200, b"{}")) as provider:
        assert asyncio.run(program()) == [200] * 200


def test_one_set_of_ports_serves_many_loops_and_threads() -> None:
    waiting, blocking = AsyncPorts(), BlockingPorts()
    statuses: list[int] = []

    def work() -> None:
        for _ in range(5):
            statuses.append(drive(blocking.send(post(provider.base), SOON)).status)
            statuses.append(asyncio.run(waiting.send(post(provider.base), SOON)).status)

    with faulty(lambda peer: peer.answer(200, b"{}")) as provider:
        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert statuses == [200] * 80


def test_waiting_and_working_elsewhere(kind: Kind) -> None:
    ports = kind.ports()
    kind.run(ports.sleep(0))
    assert kind.run(ports.offload(lambda: 7)) == 7
    assert ports.now() > 1_700_000_000


# -- fetching what users name ------------------------------------------------------------------------------------------

LOOPBACK = Policy(allowed_hosts=frozenset({"127.0.0.1", "localhost"}))


def test_fetching_from_a_trusted_host(kind: Kind) -> None:
    with faulty(lambda peer: peer.answer(302, b"", {"location": "/x"}), lambda peer: peer.answer(200, b"data")) as host:
        base = host.base.replace("127.0.0.1", "localhost")
        assert kind.run(kind.ports(egress_policy=Policy(validate=False)).fetch(base)).body == b"data"
    assert [peer.path for peer in host.requests] == ["/", "/x"]
    assert host.requests[1].headers["host"].startswith("localhost")


def test_loopback_is_not_fetched_from(kind: Kind) -> None:
    with faulty(lambda peer: peer.answer(200, b"data")) as host:
        with pytest.raises(MediaFetchFailed, match="not a public address"):
            kind.run(kind.ports().fetch(host.base))
        assert kind.run(kind.ports(egress_policy=LOOPBACK).fetch(host.base)).body == b"data"
    assert len(host.requests) == 1


def test_a_name_that_does_not_exist(kind: Kind) -> None:
    with pytest.raises(MediaFetchFailed, match="cannot be resolved"):
        kind.run(kind.ports().fetch("http://no-such-host.invalid/"))


# -- TLS ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority of our own, and a certificate for localhost that it signed."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl here")
    folder = tmp_path_factory.mktemp("tls")
    (folder / "ext").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    for command in (
        f"req -x509 {key} -keyout ca.key -out ca.pem -days 2 -subj /CN=ours -addext basicConstraints=critical,CA:TRUE",
        f"req {key} -keyout leaf.key -out leaf.csr -subj /CN=localhost",
        "x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out leaf.pem",
    ):
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def secure(certificates: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "leaf.pem", certificates / "leaf.key")
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok")
            except OSError:
                plain.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"https://localhost:{listener.getsockname()[1]}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)


def test_a_certificate_of_nobody_known_is_refused_unless_told_otherwise(
    kind: Kind, secure: str, certificates: Path
) -> None:
    with pytest.raises(ConnectionFailed, match="cannot reach"):
        kind.run(kind.ports().send(post(secure), SOON))
    for verify in (False, str(certificates / "ca.pem")):
        ports = kind.ports(TransportOptions(verify=verify))
        assert kind.run(ports.send(post(secure), SOON)).body == b"ok"


def test_http2_is_offered_and_http1_still_understood(kind: Kind, secure: str, certificates: Path) -> None:
    options = TransportOptions(verify=str(certificates / "ca.pem"), http2=True, force_ipv4=True)
    assert kind.run(kind.ports(options).send(post(secure), SOON)).body == b"ok"


@pytest.mark.parametrize(
    ("options", "setting"),
    [
        (TransportOptions(verify="/no/such.pem"), "ssl_verify"),
        (TransportOptions(certificate="/no/such.pem"), "ssl_certificate"),
    ],
)
def test_a_file_that_is_not_there_is_named_and_not_retried(kind: Kind, options: TransportOptions, setting: str) -> None:
    with pytest.raises(ProviderError, match=f"{setting} names '/no/such.pem'") as caught:
        kind.run(kind.ports(options).send(post("https://localhost"), SOON))
    assert not caught.value.retryable


def test_proxies_of_the_environment(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    with faulty(lambda peer: peer.answer(200, b"by proxy")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.base)
        # Clients are kept: deadlines that no other test has make a new one, which reads the environment.
        deadlines = Deadlines(4.0, 4.0 if kind.ports is AsyncPorts else 4.5, 4.0, None)
        response = kind.run(kind.ports().send(post("http://upstream.test"), deadlines))
        assert response.body == b"by proxy"
        direct = kind.ports(TransportOptions(use_environment_proxies=False))
        with pytest.raises(ConnectionFailed):
            kind.run(direct.send(post("http://upstream.invalid"), deadlines))
    assert "upstream.test" in proxy.requests[0].head
    assert len(proxy.requests) == 1


# -- fork --------------------------------------------------------------------------------------------------------------

FORKS = """
import asyncio, os, sys, warnings
warnings.simplefilter("ignore")
from litellm.core.bridge import drive
from litellm.core.errors import ProviderError
from litellm.core.http import Deadlines, HttpRequest
from litellm.core.transport import AsyncPorts, BlockingPorts

def call():
    request = HttpRequest("GET", sys.argv[1], {})
    assert drive(BlockingPorts().send(request, Deadlines(5, 5, 5))).status == 200
    assert asyncio.run(AsyncPorts().send(request, Deadlines(5, 5, 5))).status == 200

def forked(work):
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        work()
    except BaseException as error:
        print(type(error).__name__, error, file=sys.stderr)
        os._exit(1)
    os._exit(0)

def grandchild():
    try:
        call()
    except ProviderError as error:
        assert "spawn" in str(error) and not error.retryable, error
    else:
        raise SystemExit("no error")

def child():
    call()
    assert forked(grandchild) == 0

def quiet_child():
    assert forked(call) == 0

if sys.argv[2] == "after":
    call()
    assert forked(child) == 0
    call()
else:
    assert forked(quiet_child) == 0
os._exit(0)  # how the library's threads end with the interpreter is not what is tested
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("first_call", ["after", "before"])
def test_forked_children_call_and_their_children_are_told(first_call: str) -> None:
    with faulty(lambda peer: peer.answer(200, b"{}")) as provider:
        program = [sys.executable, "-X", "faulthandler", "-c", FORKS, provider.base, first_call]
        ended = subprocess.run(program, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")
