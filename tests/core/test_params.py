"""Which parameters reach the provider."""

from typing import Any

import pytest

from litellm.core.call import Options
from litellm.core.errors import UnsupportedParams
from litellm.core.params import select, without


def selected(given: dict[str, Any], *, drop: bool = False, **options: Any) -> dict[str, Any]:
    return select(given, ["temperature", "tools"], options=Options(**options), drop=drop, provider="p", model="m")


def test_what_the_model_takes_passes_and_the_rest_is_refused_by_name() -> None:
    assert selected({"temperature": 0}) == {"temperature": 0}
    with pytest.raises(UnsupportedParams, match=r"\['seed', 'stop'\].*drop_params.*allowed_openai_params") as caught:
        selected({"temperature": 0, "stop": "x", "seed": 1})
    assert (caught.value.provider, caught.value.model, caught.value.status) == ("p", "m", 400)


def test_dropping_and_allowing() -> None:
    assert selected({"seed": 1, "temperature": 0}, drop=True) == {"temperature": 0}
    assert selected({"seed": 1}, allowed_openai_params=["seed"]) == {"seed": 1}
    assert selected({"seed": 1, "temperature": 0}, additional_drop_params=["seed", "temperature"]) == {}


def test_what_only_steers_the_answer_is_left_out_in_silence() -> None:
    assert selected({"stream": True, "stream_options": {}, "user": "u", "max_retries": 2}) == {}


def test_empty_tools_are_no_tools() -> None:
    assert selected({"tools": [], "functions": []}) == {}


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("a", {"t": [{"f": {"s": 1, "n": 2}}, {"f": {"s": 3}}], "m": [[1, 2]]}),
        ("t[*].f.s", {"a": 1, "t": [{"f": {"n": 2}}, {"f": {}}], "m": [[1, 2]]}),
        ("t[1].f", {"a": 1, "t": [{"f": {"s": 1, "n": 2}}, {}], "m": [[1, 2]]}),
        ("t[0]", {"a": 1, "t": [{"f": {"s": 3}}], "m": [[1, 2]]}),
        ("t[*]", {"a": 1, "t": [], "m": [[1, 2]]}),
        ("m[0][1]", {"a": 1, "t": [{"f": {"s": 1, "n": 2}}, {"f": {"s": 3}}], "m": [[1]]}),
    ],
)
def test_cutting_nested_values(path: str, left: dict[str, Any]) -> None:
    body = {"a": 1, "t": [{"f": {"s": 1, "n": 2}}, {"f": {"s": 3}}], "m": [[1, 2]]}
    before = repr(body)
    assert without(body, [path]) == left
    assert repr(body) == before


@pytest.mark.parametrize("path", ["x", "a.b", "a[*]", "t[9].f", "t.f", "t[*].x.y", "x[0].y"])
def test_paths_that_lead_nowhere_cut_nothing(path: str) -> None:
    body = {"a": 1, "t": [{"f": 1}]}
    assert without(body, [path]) == body
