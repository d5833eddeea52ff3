"""A call as plans see it: where it goes, and how fallbacks and continuations change it."""

from litellm import _compose
from litellm.router_utils.deployments import deployment_of
from litellm.router_utils.fallbacks import Entry
from litellm.router_utils.requests import CallRequest, nowhere, with_beginning

MESSAGES = [{"role": "user", "content": "Hi"}]


def request(**given: object) -> CallRequest:
    return CallRequest(_compose.taken("chat", "chat", MESSAGES, given))


def test_its_metadata_tell_the_group_and_the_deployment() -> None:
    deployment = deployment_of(
        {"model_name": "chat", "litellm_params": {"model": "openai/m", "api_key": "k"}, "model_info": {"id": "1"}}
    )
    asked = request(metadata={"mine": 1})
    call, target = asked.route(deployment)
    assert (target.provider, target.model) == ("openai", "m")
    metadata = call.options.metadata or {}
    assert (metadata["model_group"], metadata["deployment"], metadata["mine"]) == ("chat", "openai/m", 1)
    assert metadata["model_info"] == {"id": "1"}
    assert asked.call.options.metadata == {"mine": 1}


def test_a_fallback_changes_the_name_and_what_it_says() -> None:
    asked = request(temperature=1, api_key="theirs")
    assert asked.changed(Entry("other", "other")).model == "other"
    changed = asked.changed(Entry("other", "x", {"temperature": 0})).as_call()
    assert (changed.model, changed.params["temperature"], changed.options.api_key) == ("other", 0, None)


def test_a_continuation_brings_what_was_said() -> None:
    continued = request().continued("It is")
    assert continued is not None
    assert list(continued.as_call().input)[0] == MESSAGES[0]
    assert with_beginning(MESSAGES, "It is")[-1] == {"role": "assistant", "content": "It is", "prefix": True}
    embedding = CallRequest(_compose.taken("embedding", "m", ["x"], {}))
    assert embedding.continued("It is") is None


def test_nowhere_has_no_provider() -> None:
    assert nowhere(request(stream=True)).target.provider == ""
