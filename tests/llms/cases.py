"""Runs adapters on cases written as data: call → HTTP out, HTTP in → result, stream bytes → chunks.

A file of `tests/llms/<provider>/cases/` is `{"provider", "endpoint", "source", "cases": [...]}`; `source` is the
vendor's page. A case is a call (`model, input, params, extra, options, target, stream, env`) with what it must lead to:

    request   {url, headers, body}            what is sent; the body is compared whole, headers those that are named
    answer    {status, headers, body | text | events}   what upstream answers; an event is JSON, or text sent as it is
    result    fields of the result            an answer as a result: dicts by the keys named here, "<any>" is any value
    chunks    [fields of a chunk, ...]        a stream as chunks, fed 1, 7 and all bytes at a time
    error     {type, status, message}         by the class's name, its status, and words of its message
    fetch     {url: {status, headers, text}}  media that the adapter may fetch
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from litellm.core import errors
from litellm.core.bridge import drive
from litellm.core.call import Call, Options
from litellm.core.http import HttpRequest, HttpResponse
from litellm.core.target import Secret, Target
from litellm.llms.registry import adapter

ANY = "<any>"
STEPS = (1, 7, None)


def load(folder: Path) -> list[Any]:
    """The cases of a folder, as pytest parameters named file:case."""
    return [
        pytest.param(
            {**{name: file[name] for name in ("provider", "endpoint")}, **case}, id=f"{path.stem}:{case['name']}"
        )
        for path in sorted(folder.glob("*.json"))
        for file in [json.loads(path.read_text())]
        for case in file["cases"]
    ]


class FakePorts:
    """Ports that fetch from the case and send nothing."""

    asynchronous = False

    def __init__(self, pages: Mapping[str, Any]) -> None:
        self._pages = pages

    async def fetch(self, url: str) -> HttpResponse:
        page = self._pages[url]
        return HttpResponse(page.get("status", 200), page.get("headers", {}), page.get("text", "").encode())

    async def send(self, *_: Any) -> HttpResponse:
        raise AssertionError("the adapter sent a request of its own")


def run(case: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Check everything that the case promises."""
    for name, value in case.get("env", {}).items():
        monkeypatch.setenv(name, value)
    call, target = _call(case), _target(case)
    serving = adapter(case["endpoint"], case["provider"])
    if "error" in case:
        with pytest.raises(errors.ProviderError) as raised:
            _journey(case, serving, call, target)
        _check_error(raised.value, case["error"])
    else:
        _journey(case, serving, call, target)


def _journey(case: Mapping[str, Any], serving: Any, call: Call, target: Target) -> None:
    given = json.dumps([call.input, call.params])
    if "request" in case or "answer" not in case:
        request = drive(serving.prepare(call, target, FakePorts(case.get("fetch", {}))))
        assert json.dumps([call.input, call.params]) == given, "the caller's values were changed"
        if "request" in case:
            _check_request(request, case["request"])
    if "answer" not in case:
        return
    status = case["answer"].get("status", 200)
    response = HttpResponse(status, case["answer"].get("headers", {}), _body(case["answer"]))
    if not 200 <= status < 300:
        raise serving.transform_error(response, target)
    if not call.stream:
        result = serving.transform_response(response, call, target)
        assert_fields(result.model_dump(exclude_unset=True), case.get("result", {}))
        return
    for step in STEPS:
        chunks = list(_fed(serving.stream_decoder(call, target), response.body, step))
        assert_fields([chunk.model_dump(exclude_unset=True) for chunk in chunks], case.get("chunks", ANY))


def _fed(decoder: Any, body: bytes, step: int | None) -> Iterator[Any]:
    size = step or len(body) or 1
    for start in range(0, len(body), size):
        yield from decoder.feed(body[start : start + size])
    yield from decoder.close()


def _call(case: Mapping[str, Any]) -> Call:
    stream = bool(case.get("stream"))
    return Call(
        id="call-1",
        endpoint=case["endpoint"],
        model=f"{case['provider']}/{case['model']}",
        input=case.get("input", [{"role": "user", "content": "Hi"}]),
        params={**case.get("params", {}), **({"stream": True} if stream else {})},
        extra=case.get("extra", {}),
        options=Options(**case.get("options", {})),
        stream=stream,
    )


def _target(case: Mapping[str, Any]) -> Target:
    given = {"api_key": "test-key", **case.get("target", {})}
    key = given.pop("api_key")
    return Target(provider=case["provider"], model=case["model"], api_key=Secret(key) if key else None, **given)


def _body(answer: Mapping[str, Any]) -> bytes:
    if "text" in answer:
        return str(answer["text"]).encode()
    if "events" in answer:
        return b"".join(_event(event) for event in answer["events"])
    return json.dumps(answer["body"]).encode()


def _event(event: Any) -> bytes:
    if isinstance(event, str):
        return event.encode()
    return b"data: " + json.dumps(event).encode() + b"\n\n"


def _check_request(request: HttpRequest, expected: Mapping[str, Any]) -> None:
    if "url" in expected:
        assert request.url == expected["url"]
    headers = {name.lower(): value for name, value in request.headers.items()}
    for name, value in expected.get("headers", {}).items():
        assert headers.get(name) == value, f"header {name}"
    if "body" in expected:
        assert json.loads(request.body) == expected["body"]


def _check_error(error: errors.ProviderError, expected: Mapping[str, Any]) -> None:
    assert type(error).__name__ == expected["type"], repr(error)
    if "status" in expected:
        assert error.status == expected["status"]
    assert expected.get("message", "") in error.message
    for name, value in expected.get("headers", {}).items():
        assert error.headers.get(name) == value, f"header {name}"


def assert_fields(found: Any, expected: Any, where: str = "$") -> None:
    """Every value that `expected` names is so in `found`; lists have the same length; null also means absent."""
    if expected == ANY:
        return
    if isinstance(expected, dict):
        assert isinstance(found, dict), f"{where}: {found!r} is no object"
        for name, value in expected.items():
            assert_fields(found.get(name), value, f"{where}.{name}")
        return
    if isinstance(expected, list):
        assert isinstance(found, list), f"{where}: {found!r} is no list"
        assert len(found) == len(expected), f"{where}: {found!r} has another length than {expected!r}"
        for place, (item, value) in enumerate(zip(found, expected, strict=True)):
            assert_fields(item, value, f"{where}[{place}]")
        return
    assert found == expected, f"{where}: {found!r} is not {expected!r}"
