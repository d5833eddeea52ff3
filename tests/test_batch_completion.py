"""Many conversations with one model, and one conversation with many models."""

from typing import Any

import pytest

import litellm

HELLO = [{"role": "user", "content": "Hello?"}]


def conversations(*texts: str) -> list[list[dict[str, str]]]:
    return [[{"role": "user", "content": text}] for text in texts]


def content(response: Any) -> str:
    return str(response.choices[0].message.content)


def test_answers_stand_in_the_order_of_the_questions() -> None:
    answers = litellm.batch_completion("mock/echo", conversations("a", "b", "c"), max_workers=2)
    assert [content(answer) for answer in answers] == ["a", "b", "c"]


def test_a_failure_stands_in_its_place() -> None:
    answers = litellm.batch_completion("mock/echo", [*conversations("a"), [{"content": "no role"}]])
    assert content(answers[0]) == "a"
    assert isinstance(answers[1], litellm.BadRequestError)


def test_nothing_to_ask() -> None:
    assert litellm.batch_completion("mock/echo", []) == []


async def test_in_a_loop() -> None:
    answers = await litellm.abatch_completion("mock/echo", [*conversations("a", "b"), [{"content": "no role"}]])
    assert [content(answer) for answer in answers[:2]] == ["a", "b"]
    assert isinstance(answers[2], litellm.BadRequestError)


def test_the_first_model_that_answers() -> None:
    answer = litellm.batch_completion_models(models=["no-such-provider-at-all", "mock/echo"], messages=HELLO)
    assert content(answer) == "Hello?"


async def test_the_first_model_that_answers_in_a_loop() -> None:
    answer = await litellm.abatch_completion_models(models=["no-such-provider-at-all", "mock/echo"], messages=HELLO)
    assert content(answer) == "Hello?"


def test_no_model_answers() -> None:
    with pytest.raises(litellm.BadRequestError):
        litellm.batch_completion_models(models=["no-such-provider", "nor-this"], messages=HELLO)


async def test_no_model_answers_in_a_loop() -> None:
    with pytest.raises(litellm.BadRequestError):
        await litellm.abatch_completion_models(models=["no-such-provider", "nor-this"], messages=HELLO)


def test_deployments_bring_their_own_arguments() -> None:
    deployments = [{"model": "openai/gpt-4o", "mock_response": "mine"}]
    assert content(litellm.batch_completion_models(deployments=deployments, messages=HELLO)) == "mine"
    listed = [{"model_name": "group", "litellm_params": deployments[0]}]
    assert content(litellm.batch_completion_models(deployments=listed, messages=HELLO)) == "mine"


def test_one_model_without_a_list() -> None:
    assert content(litellm.batch_completion_models(model="mock/echo", messages=HELLO)) == "Hello?"


def test_no_model_at_all() -> None:
    with pytest.raises(litellm.BadRequestError, match="no model is named"):
        litellm.batch_completion_models(messages=HELLO)


def test_all_answers() -> None:
    models = ["openai/gpt-4o", "anthropic/claude-haiku-4-5"]
    answers = litellm.batch_completion_models_all_responses(models=models, messages=HELLO, mock_response="Hi")
    assert [content(answer) for answer in answers] == ["Hi", "Hi"]


async def test_all_answers_in_a_loop() -> None:
    answers = await litellm.abatch_completion_models_all_responses(models=["mock/echo"], messages=HELLO)
    assert [content(answer) for answer in answers] == ["Hello?"]
