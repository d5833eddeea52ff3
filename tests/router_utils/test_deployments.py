"""One entry of a model list: its identity, its numbers, and its calls."""

from typing import Any

import pytest

from litellm import _compose
from litellm.core.call import Options
from litellm.core.errors import BadRequest
from litellm.router_utils.deployments import deployment_id, deployment_of, merged, plain_entry
from litellm.types.router import Deployment, LiteLLM_Params

MESSAGES = [{"role": "user", "content": "Hi"}]


def made(info: dict[str, Any] | None = None, default_parallel: int | None = None, **params: Any) -> Any:
    entry = {"model_name": "chat", "litellm_params": {"model": "openai/m", **params}, "model_info": info or {}}
    return deployment_of(entry, default_parallel=default_parallel)


def test_the_id_is_that_of_the_name_and_the_parameters() -> None:
    params = {"model": "openai/m", "api_key": "k", "rpm": 3}
    assert deployment_id("chat", params) == deployment_id("chat", dict(reversed(params.items())))
    assert deployment_id("chat", params) != deployment_id("other", params)
    assert deployment_id("chat", params) != deployment_id("chat", {**params, "rpm": 4})
    assert made({"id": 7}).id == "7"


@pytest.mark.parametrize(
    ("params", "default", "places"),
    [
        ({"max_parallel_requests": 3, "rpm": 9, "tpm": 9000}, 5, 3),
        ({"rpm": 9, "tpm": 900_000}, 5, 9),
        ({"tpm": 10_000}, 5, 60),
        ({"tpm": 10}, 5, 1),
        ({}, 5, 5),
        ({}, None, None),
    ],
)
def test_how_many_requests_at_once(params: Any, default: int | None, places: int | None) -> None:
    assert made(default_parallel=default, **params).parallel == places


@pytest.mark.parametrize("wrong", ["many", -1, True, float("nan"), float("inf")])
@pytest.mark.parametrize("name", ["rpm", "tpm", "weight", "order", "max_parallel_requests"])
def test_a_number_that_is_none_is_named(name: str, wrong: Any) -> None:
    with pytest.raises(BadRequest, match=f"{name}={wrong!r}: give a number from 0 on"):
        made(**{name: wrong})


def test_limits_may_be_said_of_it() -> None:
    assert (made({"rpm": 3}).rpm, made({"rpm": 3}, rpm=5).rpm, made({"tpm": "70"}).tpm) == (3, 5, 70)


def test_the_request_wins_over_the_deployment() -> None:
    own = made(temperature=0.1, top_p=0.5, api_key="own", api_base="https://own", metadata={"a": 1, "b": 1})
    asked = {"temperature": 0.9, "api_base": None, "metadata": {"b": 2}}
    call = own.call(_compose.taken("chat", "chat", MESSAGES, asked))
    assert (call.model, call.params["temperature"], call.params["top_p"]) == ("openai/m", 0.9, 0.5)
    assert (call.options.api_key, call.options.api_base) == ("own", "https://own")
    assert call.options.metadata == {"a": 1, "b": 2}


def test_options_that_say_nothing_change_nothing() -> None:
    given = Options(api_key="k")
    assert merged(Options(), given) is given
    assert merged(Options(timeout=3), given) == Options(api_key="k", timeout=3)


def test_an_entry_is_shown_without_its_keys() -> None:
    assert "secret" not in repr(made(api_key="secret"))


def test_entries_may_be_objects() -> None:
    listed = Deployment(model_name="chat", litellm_params=LiteLLM_Params(model="openai/m", rpm=3))
    entry = plain_entry(listed)
    assert (entry["model_name"], entry["litellm_params"]) == ("chat", {"model": "openai/m", "rpm": 3})


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("gpt", "is no deployment"),
        ({"litellm_params": {"model": "m"}}, "model_name=None"),
        ({"model_name": "chat"}, r"no litellm_params\['model'\]"),
        ({"model_name": "chat", "litellm_params": {"model": 3}}, r"no litellm_params\['model'\]"),
    ],
)
def test_an_entry_that_is_none_is_refused(entry: Any, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        plain_entry(entry)
