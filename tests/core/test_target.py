"""Secrets stay secret in every way a program prints or stores things."""

import copy
import pickle
import traceback

import msgspec
import pytest

from litellm.core.call import Call, Options
from litellm.core.http import HttpRequest
from litellm.core.target import Secret, Target, env

KEY = "sk-very-secret"


def test_a_secret_is_given_back_only_when_asked() -> None:
    secret = Secret(KEY)
    assert secret.reveal() == KEY
    shown = [repr(secret), str(secret), f"{secret}", f"{secret!r:>20}", "".join(map(str, [secret])), repr([secret])]
    assert not any(KEY in text for text in shown)


def test_a_secret_is_not_stored() -> None:
    for store in (pickle.dumps, copy.deepcopy, msgspec.json.encode, msgspec.msgpack.encode):
        with pytest.raises(TypeError) as caught:
            store(Secret(KEY))
        assert KEY not in str(caught.value)


def test_a_traceback_with_its_variables_shows_none() -> None:
    target = Target(
        provider="p",
        model="m",
        api_key=Secret(KEY),
        headers={"x-key": KEY},
        credentials={"aws_secret_access_key": KEY},
    )
    options = Options(api_key=KEY, credentials={"client_secret": KEY}, headers={"x": KEY}, num_retries=2)
    call = Call(id="1", endpoint="chat", model="m", input=[], options=options)
    request = HttpRequest("POST", f"https://a/b?key={KEY}", {"authorization": f"Bearer {KEY}"}, KEY.encode())
    try:
        raise ValueError(target, call, request)
    except ValueError as error:
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert [value for value in (target, options, call, request) if KEY in repr(value)] == []
    assert KEY not in shown
    assert "Target(p/m" in shown
    assert repr(request) == f"HttpRequest(POST https://a/b, {len(KEY)} bytes)"
    assert repr(options) == "Options(api_key, num_retries, headers, credentials)"


def test_two_secrets_are_not_compared() -> None:
    assert Secret(KEY) != Secret(KEY)


def test_key_and_family() -> None:
    target = Target(provider="azure", model="my-deployment", base_model="gpt-4o", api_key=Secret(KEY))
    assert (target.key(), target.family) == (KEY, "gpt-4o")
    assert (Target(provider="p", model="m").key(), Target(provider="p", model="m").family) == (None, "m")


def test_the_first_variable_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITELLM_TEST_A", "")
    monkeypatch.setenv("LITELLM_TEST_B", "b")
    assert env("LITELLM_TEST_NONE", "LITELLM_TEST_A", "LITELLM_TEST_B") == "b"
    assert env("LITELLM_TEST_NONE") is None
