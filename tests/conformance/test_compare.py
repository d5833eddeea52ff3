"""What counts as the same, and what does not."""

from typing import Any

import pytest

from tests.conformance.cases import Case
from tests.conformance.compare import case_differences, differences, same_on_the_wire, soft_usage, tidy_request


def case(expect: dict[str, Any], kind: str = "chat") -> Case:
    return Case("g", "g.case", kind, {}, expect, [], {})


def request(body: Any = None, **headers: str) -> dict[str, Any]:
    return {"method": "POST", "path": "/v1/x", "query": {}, "auth": {}, "headers": headers, "body": body}


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ({"a": None}, {}),
        ("<any>", "made-up"),
        ("call_<any>_x", "call_17_x"),
        ('{"b": 1, "a": 2}', '{"a": 2, "b": 1}'),
        (0.1 + 0.2, 0.3),
    ],
)
def test_same_values(wanted: Any, got: Any) -> None:
    assert differences(wanted, got, "value", []) == []


@pytest.mark.parametrize(
    ("wanted", "got"),
    [({"a": 0}, {}), (True, 1), ("<any>", None), ([1], [1, 2]), ('{"a": 1}', '{"a": 2}'), ("a", "b"), (1.0, 1.001)],
)
def test_different_values(wanted: Any, got: Any) -> None:
    assert differences(wanted, got, "value", [])


def test_bodies_that_mean_the_same() -> None:
    same = {"generation_config": {"top_k": 1}, "tools": [], "labels": {}}, {"generationConfig": {"topK": 1}}
    left, right = (same_on_the_wire(body, "/v1/models/m:generateContent") for body in same)
    assert left == right
    text = {"system": "be brief", "messages": [{"role": "user", "content": "hi"}], "stream": False}
    blocks = [{"type": "text", "text": "be brief"}], [{"type": "text", "text": "hi"}]
    wanted = {"system": blocks[0], "messages": [{"role": "user", "content": blocks[1]}]}
    assert same_on_the_wire(text, "/v1/messages") == wanted
    assert same_on_the_wire(text, "/v1/chat/completions") != wanted


def test_user_schemas_keep_their_keys() -> None:
    body = {"tools": [{"function_declarations": [{"parameters": {"first_name": {}}}]}]}
    kept = same_on_the_wire(body, "/v1/models/m:generateContent")
    assert kept == {"tools": [{"functionDeclarations": [{"parameters": {"first_name": {}}}]}]}


def test_signatures_compare_by_their_scope() -> None:
    signed = "AWS4-HMAC-SHA256 Credential=AK/20260101/eu-west-1/bedrock/aws4_request, SignedHeaders=host, Signature=0"
    seen = tidy_request({**request(), "path": "//v1//x", "headers": {"authorization": signed}}, "http://h")
    assert (seen["path"], seen["auth"]) == ("/v1/x", {"authorization": "AWS4 key=AK region=eu-west-1 service=bedrock"})


def test_zero_counters_are_absent() -> None:
    usage = {"prompt_tokens": 0, "prompt_tokens_details": {"cached_tokens": 0, "text_tokens": 5}}
    assert soft_usage(usage) == {"prompt_tokens": 0}


def test_a_request_too_many_is_a_difference() -> None:
    once = case({"request": request(), "result": {}})
    assert case_differences(once, {"requests": [request()], "result": {}}) == []
    assert case_differences(once, {"requests": [request(), request()], "result": {}})
    assert case_differences(once, {"requests": [], "result": {}}) == ["request: never sent (POST /v1/x)"]


def test_errors_compare_by_ancestry_status_and_words() -> None:
    wanted = case({"error": {"class": "APIError", "status_code": 500, "message_contains": "boom"}})
    raised = {"class": "InternalServerError", "mro": ["APIError"], "status_code": 500, "message": "x boom"}
    assert case_differences(wanted, {"requests": [], "error": raised}) == []
    for part in ({"mro": []}, {"status_code": 502}, {"message": "x"}):
        assert case_differences(wanted, {"requests": [], "error": {**raised, **part}})
    assert case_differences(wanted, {"requests": [], "result": {}}) == ["error: expected APIError, got a result"]
