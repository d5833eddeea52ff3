"""When two requests, results or errors count as the same. Pure; knows neither the library nor the server."""

import json
import math
import re
from typing import Any
from urllib.parse import unquote

from tests.conformance.cases import Case

Json = Any
ANY = "<any>"
"""Stands for a value that differed between two recordings of the same call (made-up ids)."""

ENOUGH = 12
AUTH_HEADERS = (
    "authorization", "x-api-key", "api-key", "x-goog-api-key", "xi-api-key", "ocp-apim-subscription-key",
)  # fmt: skip
PROTOCOL_HEADERS = (
    "anthropic-version", "anthropic-beta", "openai-organization", "openai-project", "openai-beta", "x-amz-target",
    "x-snowflake-authorization-token-type", "x-goog-user-project", "x-amzn-bedrock-service-tier", "ml-instance-id",
)  # fmt: skip
KEEPS_EMPTY = {"content", "input", "args", "properties"}
GOOGLE_PATH = re.compile(r":(stream)?generateContent|:batchEmbedContents|:embedContent|:predict$", re.IGNORECASE)
USER_SCHEMAS = {
    "parameters", "args", "response", "responseJsonSchema", "responseSchema", "parametersJsonSchema", "labels", "extra",
}  # fmt: skip
ZERO_IS_ABSENT = {
    "cached_tokens", "audio_tokens", "image_tokens", "cache_creation_tokens", "reasoning_tokens",
    "accepted_prediction_tokens", "rejected_prediction_tokens", "cache_creation_input_tokens",
    "cache_read_input_tokens", "web_search_requests",
}  # fmt: skip
NOT_SCORED = ("model", "object", "meta", "chunks", "service_tier")


# requests


def tidy_request(request: dict[str, Json], base: str) -> dict[str, Json]:
    """A recorded request with its address replaced and its sign-in told apart from its other headers."""
    request = json.loads(json.dumps(request).replace(base, "{base}"))
    headers = {name: _header(name, value) for name, value in request["headers"].items()}
    return {
        "method": request["method"],
        "path": re.sub(r"/{2,}", "/", request["path"]),
        "query": request["query"],
        "auth": {name: value for name, value in headers.items() if name in AUTH_HEADERS},
        "headers": {name: value for name, value in headers.items() if name not in AUTH_HEADERS},
        "body": request["body"],
    }


def _header(name: str, value: str) -> str:
    if name == "authorization" and value.startswith("AWS4-HMAC-SHA256"):
        scope = re.search(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/aws4_request", value)
        return "AWS4 key={} region={} service={}".format(*scope.groups()) if scope else "AWS4"
    if name == "content-type":
        return value.split(";")[0].strip().lower()
    if name == "anthropic-beta":
        return ",".join(sorted(item.strip() for item in value.split(",") if item.strip()))
    return value


def without_empty(value: Json, *, top: bool = True, key: str = "") -> Json:
    """Null equals absent everywhere, an empty list too (but not where it is content), an empty object at the top."""
    if isinstance(value, list):
        return [without_empty(item, top=False) for item in value]
    if not isinstance(value, dict):
        return value
    cleaned = {name: without_empty(item, top=False, key=name) for name, item in value.items()}
    return {name: item for name, item in cleaned.items() if not _means_absent(name, item, top)}


def _means_absent(name: str, value: Json, top: bool) -> bool:
    if value is None:
        return True
    if value == [] and isinstance(value, list):
        return name not in KEEPS_EMPTY
    if value == {} and isinstance(value, dict):
        return top or name == "options"
    return top and name == "stream" and value is False


def _camel_keys(value: Json) -> Json:
    """Google's APIs read lowerCamelCase and snake_case alike; a user's own schema keeps its keys."""
    if isinstance(value, list):
        return [_camel_keys(item) for item in value]
    if not isinstance(value, dict):
        return value
    renamed = {re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name): item for name, item in value.items()}
    return {name: item if name in USER_SCHEMAS else _camel_keys(item) for name, item in renamed.items()}


def _as_blocks(content: Json) -> Json:
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def _messages_forms(body: dict[str, Json]) -> dict[str, Json]:
    """In the Messages format a string is one text block, and a tool without a type is a custom tool."""
    body = dict(body)
    if "system" in body:
        body["system"] = _as_blocks(body["system"])
    if isinstance(body.get("messages"), list):
        body["messages"] = [
            {**message, "content": _as_blocks(message.get("content"))} if isinstance(message, dict) else message
            for message in body["messages"]
        ]
    if isinstance(body.get("tools"), list):
        body["tools"] = [_untyped_if_custom(tool) for tool in body["tools"]]
    return body


def _untyped_if_custom(tool: Json) -> Json:
    if isinstance(tool, dict) and tool.get("type") == "custom":
        return {name: value for name, value in tool.items() if name != "type"}
    return tool


def same_on_the_wire(body: Json, path: str) -> Json:
    """One form for all bodies that mean the same to the provider."""
    if not isinstance(body, dict):
        return body
    if GOOGLE_PATH.search(path):
        body = _camel_keys(body)
    if path.endswith("/messages") or "rawpredict" in path.lower() or "anthropic_version" in body:
        body = _messages_forms(body)
    return without_empty({name: value for name, value in body.items() if name != "additionalModelResponseFieldPaths"})


def request_differences(wanted: dict[str, Json], got: dict[str, Json], watched: list[str]) -> list[str]:
    """How the request on the wire departs from the recorded one."""
    found: list[str] = []
    for part in ("method", "path"):
        differences(wanted[part], got[part], f"request.{part}", found)
    differences(without_empty(wanted.get("query") or {}), without_empty(got["query"]), "request.query", found)
    differences(wanted.get("auth") or {}, got["auth"], "request.auth", found)
    headers = wanted.get("headers") or {}
    for name in (*PROTOCOL_HEADERS, *(name.lower() for name in watched)):
        differences(headers.get(name), got["headers"].get(name), f"request.headers.{name}", found)
    bodies = (same_on_the_wire(side.get("body"), side["path"]) for side in (wanted, got))
    differences(*bodies, "request.body", found)
    return found


# values


def differences(wanted: Json, got: Json, path: str, found: list[str]) -> list[str]:
    """Append one short line to `found` for each place where the two differ; absent and null are the same."""
    if len(found) > ENOUGH or (wanted is None and got is None):
        return found
    if wanted == ANY and isinstance(wanted, str):
        if got is None:
            found.append(f"{path}: expected some value, got none")
    elif isinstance(wanted, dict) and isinstance(got, dict):
        for name in sorted({*wanted, *got}, key=str):
            differences(wanted.get(name), got.get(name), f"{path}.{name}", found)
    elif isinstance(wanted, list) and isinstance(got, list):
        _list_differences(wanted, got, path, found)
    elif not _same_leaf(wanted, got, path, found):
        found.append(f"{path}: expected {short(wanted)}, got {short(got)}")
    return found


def _list_differences(wanted: list[Json], got: list[Json], path: str, found: list[str]) -> None:
    if len(wanted) != len(got):
        found.append(f"{path}: expected {len(wanted)} items, got {len(got)}: {short(wanted)} <> {short(got)}")
        return
    for index, pair in enumerate(zip(wanted, got, strict=True)):
        differences(*pair, f"{path}[{index}]", found)


def _same_leaf(wanted: Json, got: Json, path: str, found: list[str]) -> bool:
    if isinstance(wanted, bool) or isinstance(got, bool):
        return wanted is got
    if isinstance(wanted, int | float) and isinstance(got, int | float):
        return math.isclose(wanted, got, rel_tol=1e-6, abs_tol=1e-12)
    if not (isinstance(wanted, str) and isinstance(got, str)):
        return bool(wanted == got)
    if wanted == got or (ANY in wanted and re.fullmatch(".*".join(map(re.escape, wanted.split(ANY))), got, re.DOTALL)):
        return True
    left, right = _json_in(wanted), _json_in(got)
    if left is None or right is None:
        return False
    differences(left, right, f"{path}(json)", found)
    return True


def _json_in(text: str) -> Json:
    if text[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def short(value: Json, most: int = 90) -> str:
    """The value in one short piece of a line."""
    text = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= most else text[: most - 1] + "…"


# results


def _soft_details(details: Json) -> dict[str, Json]:
    zero = {name for name, count in details.items() if name in ZERO_IS_ABSENT and not count}
    return {name: count for name, count in details.items() if name != "text_tokens" and name not in zero}


def soft_usage(usage: Json) -> Json:
    """Zero and absent are the same for secondary counters; `text_tokens` is not scored."""
    if not isinstance(usage, dict):
        return usage
    soft = {name: _soft_details(value or {}) if name.endswith("_details") else value for name, value in usage.items()}
    return {
        name: value
        for name, value in soft.items()
        if not (name.endswith("_details") and not value) and not (name in ZERO_IS_ABSENT and not value)
    }


def _soft_pure(result: Json) -> Json:
    if not isinstance(result, dict):
        return result
    names = {k: v for k, v in result.items() if isinstance(v, list) and v and all(isinstance(i, str) for i in v)}
    soft = result | {name: sorted(value) for name, value in names.items()}
    if isinstance(soft.get("raw_request_api_base"), str):
        soft["raw_request_api_base"] = unquote(soft["raw_request_api_base"])
    if "raw_request_body" in soft:
        soft["raw_request_body"] = without_empty(soft["raw_request_body"])
    return soft


def scored(result: Json, kind: str) -> Json:
    """The part of a result that is compared."""
    if kind == "exception":
        return {name: result.get(name) for name in ("class", "openai_bases", "status_code", "llm_provider", "message")}
    if kind == "pure":
        return _soft_pure(result)
    if not isinstance(result, dict):
        return result
    result = json.loads(json.dumps(result))
    holders = [result, *(result[name] for name in ("final", "rebuilt") if isinstance(result.get(name), dict))]
    for holder in holders:
        for name in NOT_SCORED:
            holder.pop(name, None)
        if "usage" in holder:
            holder["usage"] = soft_usage(holder["usage"])
        for choice in holder.get("choices") or ():
            _drop_empty_content(choice)
    for name in {"responses_stream": ("event_types", "first"), "messages_stream": ("event_types",)}.get(kind, ()):
        result.pop(name, None)
    return result


def _drop_empty_content(choice: Json) -> None:
    message = choice.get("message") if isinstance(choice, dict) else None
    if isinstance(message, dict) and message.get("content") == "":
        del message["content"]


def case_differences(case: Case, outcome: dict[str, Json]) -> list[str]:
    """Why the outcome `{requests, result | error}` does not pass; empty when it does."""
    expect = case.expect
    found = _traffic_differences(case, outcome["requests"])
    error = outcome.get("error")
    if "error" in expect:
        return found + _error_differences(expect["error"], error)
    if error:
        return [*found, f"result: raised {error.get('class')}: {short(error.get('message'), 160)}"]
    wanted, got = expect.get("result"), outcome.get("result")
    if case.raw.get("compare") == "set" and isinstance(wanted, list) and isinstance(got, list):
        missing, extra = sorted(set(wanted) - set(got)), sorted(set(got) - set(wanted))
        return [*found, f"result: missing {short(missing)} extra {short(extra)}"] if missing or extra else found
    return found + differences(scored(wanted, case.kind), scored(got, case.kind), "result", [])


def _traffic_differences(case: Case, sent: list[dict[str, Json]]) -> list[str]:
    expect = case.expect
    wanted = expect.get("requests") or [expect[name] for name in ("request",) if expect.get(name)]
    if len(wanted) > 1:  # concurrent calls arrive in any order
        wanted, sent = (sorted(side, key=_order) for side in (wanted, sent))
    found = []
    first_only = "error" in expect and wanted  # after an error only the first call counts: what follows are retries
    if len(sent) > len(wanted) and not first_only:
        found.append(f"request: expected {len(wanted)} upstream calls, got {len(sent)}")
    for request, got in zip(wanted, sent, strict=False):
        found += request_differences(request, got, case.raw.get("watch_headers") or [])
    found += [f"request: never sent ({lost['method']} {lost['path']})" for lost in wanted[len(sent) :][:1]]
    return found


def _order(request: dict[str, Json]) -> str:
    return json.dumps([request["path"], request["body"]], sort_keys=True)


def _error_differences(wanted: dict[str, Json], got: dict[str, Json] | None) -> list[str]:
    if not got:
        return [f"error: expected {wanted['class']}, got a result"]
    found = []
    lineage = {got.get("class"), *(got.get("mro") or ()), "Exception"}
    if wanted["class"] not in lineage:
        found.append(f"error.class: expected {wanted['class']}, got {got.get('class')}: {short(got.get('message'))}")
    status = wanted.get("status_code")
    if status is not None and status != got.get("status_code"):
        found.append(f"error.status_code: expected {status}, got {got.get('status_code')}")
    words = wanted.get("message_contains")
    if words and words not in (got.get("message") or ""):
        found.append(f"error.message: expected to hold {short(words)}, got {short(got.get('message'))}")
    return found
