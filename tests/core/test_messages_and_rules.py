"""What is done to messages before a call and to answers after it: turns, rules, named credentials, reasoning."""

from typing import Any

import pytest

from litellm.core import messages, roles, rules, text_bridge
from litellm.core.call import Call, Options
from litellm.core.errors import BadRequest, RuleBroken
from litellm.core.merged_reasoning import MergedChunks, merge_reasoning
from litellm.core.named_credentials import with_named
from litellm.types.chat import ModelResponse
from litellm.types.stream import ModelResponseStream


def said(*turns: str) -> list[dict[str, Any]]:
    return [{"role": {"s": "system", "u": "user", "a": "assistant"}[turn], "content": "x"} for turn in turns]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("u", "u"),
        ("uu", "uau"),
        ("uaa", "uauau"),
        ("a", "uau"),
        ("sau", "suau"),
        ("suu", "suau"),
        ("", ""),
    ],
)
def test_turns(given: str, expected: str) -> None:
    assert [turn["role"][0] for turn in roles.alternating(said(*given))] == list(expected)


def test_tool_calls_stay_where_they_are() -> None:
    calls = {"role": "assistant", "tool_calls": [{"id": "1"}]}
    history = [*said("u"), calls, {"role": "tool", "content": "r"}, calls]
    assert roles.alternating(history) == history


def test_a_call_is_arranged_as_its_options_say() -> None:
    mine = {"role": "user", "content": "go on"}
    options = Options(ensure_alternating_roles=True, supports_system_message=False, user_continue_message=mine)
    call = Call(id="1", endpoint="chat", model="m", input=said("s", "a"), options=options)
    assert roles.arranged(call).input == [{"role": "user", "content": "x"}, *said("a"), mine]
    text = Call(id="1", endpoint="completion", model="m", input="x", options=options)
    assert roles.arranged(text) is text


def test_messages_are_put_right_or_refused() -> None:
    assert messages.fixed([{"content": "x", "name": None}]) == [{"role": "assistant", "content": "x"}]
    parts = [{"role": "user", "content": [{"type": "text", "text": "x"}, "y"]}]
    assert messages.fixed(parts) == parts
    with pytest.raises(BadRequest, match="index 1"):
        messages.fixed([{"role": "user", "content": "x"}, {"role": "user", "content": [{"type": "odd"}]}])


def answer(*texts: str | None) -> ModelResponse:
    return ModelResponse(choices=[{"index": place, "message": {"content": text}} for place, text in enumerate(texts)])


def short(text: str) -> bool:
    return len(text) < 4


def test_rules_over_prompts_and_answers() -> None:
    call = Call(id="1", endpoint="chat", model="m", input=[{"content": [{"text": "ab"}, "c", 7]}, {"role": "user"}])
    rules.check_prompt([short, lambda text: {"decision": True}], call)
    with pytest.raises(RuleBroken, match="prompt was refused by your rule 'short' in litellm.pre_call_rules"):
        rules.check_prompt([short], Call(id="1", endpoint="completion", model="m", input="long text"))
    rules.check_answer([short], answer("abc", None), provider="p", model="m")
    with pytest.raises(RuleBroken, match="too long") as caught:
        refuse = [lambda text: {"decision": False, "message": "too long"}]
        rules.check_answer(refuse, answer("abcd"), provider="p", model="m")
    assert (caught.value.provider, caught.value.model) == ("p", "m")


def test_credentials_by_name() -> None:
    class Entry:
        credential_name = "us"
        credential_values = {"api_key": "u", "api_base": "b"}

    known = [{"credential_name": "eu", "credential_values": {"api_key": "e"}}, Entry()]
    name = {"litellm_credential_name": "us"}
    assert with_named({**name, "api_base": "mine", "timeout": None}, known) == {
        "api_key": "u",
        "api_base": "mine",
        **name,
    }
    for given in ({"a": 1}, {"litellm_credential_name": "none"}):
        assert with_named(given, known) is given


def test_reasoning_goes_before_the_content() -> None:
    response = ModelResponse(
        choices=[{"message": {"content": "x", "reasoning_content": "r"}}, {"message": {"content": "y"}}]
    )
    merge_reasoning(response)
    assert [choice.message.content for choice in response.choices] == ["<think>r</think>x", "y"]
    assert "reasoning_content" not in response.choices[0].message


@pytest.mark.parametrize(
    ("deltas", "merged"),
    [
        ([("r1", None), ("r2", None), (None, "a"), (None, "b")], "<think>r1r2</think>ab"),
        ([("r", "a"), (None, "b")], "<think>r</think>ab"),
        ([(None, "a"), ("r", None), (None, "b")], "a<think>r</think>b"),
        ([("r", None)], "<think>r</think>"),
        ([(None, "a")], "a"),
    ],
)
def test_reasoning_in_a_stream(deltas: list[tuple[str | None, str | None]], merged: str) -> None:
    merge, text = MergedChunks(), ""
    for reasoning, content in [*deltas, (None, None)]:
        delta = {"content": content, **({"reasoning_content": reasoning} if reasoning else {})}
        finish = "stop" if reasoning is content is None else None
        chunk = ModelResponseStream.from_dict({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})
        shown = merge(chunk).choices[0].delta
        assert "reasoning_content" not in shown
        text += shown.content or ""
    assert text == merged


def test_prompts_for_models_that_chat() -> None:
    assert text_bridge.as_messages(["x"]) == text_bridge.as_messages("x") == [{"role": "user", "content": "x"}]
    for prompt in (["a", "b"], [1, 2], [[1]]):
        with pytest.raises(BadRequest, match="prompt="):
            text_bridge.as_messages(prompt)
    made = text_bridge.as_text(answer("x", None))
    assert [choice.text for choice in made.choices] == ["x", ""]
    piece = {"id": "1", "choices": [{"index": 0, "delta": {"content": "x"}, "finish_reason": None}]}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    chunk = text_bridge.as_text_chunk(ModelResponseStream.from_dict({**piece, "usage": usage}))
    assert (chunk.choices[0].text, chunk.usage.total_tokens) == ("x", 2)
