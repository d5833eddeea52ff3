"""Whose key a request has: every header that clients use, and nothing but the right key."""

import pytest

from litellm.proxy.auth.api_key import KEY_HEADERS, digest, identify
from litellm.proxy.auth.identity import MASTER
from litellm.proxy.config.secrets import keep
from litellm.proxy.errors import Refused
from litellm.proxy.state import Snapshot
from litellm.router_utils.routing import Routing
from litellm.router_utils.settings import Settings

KEY = "sk-master-0123456789"
STATE = Snapshot(routing=Routing(Settings()), master_key=digest(KEY), key_headers=(b"x-own", *KEY_HEADERS))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (b"authorization", b"Bearer sk-master-0123456789"),
        (b"authorization", b"bearer  sk-master-0123456789 "),
        (b"x-litellm-api-key", b"sk-master-0123456789"),
        (b"api-key", b"sk-master-0123456789"),
        (b"x-api-key", b"sk-master-0123456789"),
        (b"x-own", b"Bearer sk-master-0123456789"),
    ],
)
def test_the_master_key_in_any_header(name: bytes, value: bytes) -> None:
    assert identify({name: value}, STATE) is MASTER


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {b"authorization": b""},
        {b"authorization": b"Bearer "},
        {b"authorization": b"Bearer sk-master-012345678"},
        {b"authorization": b"Bearer sk-master-0123456789x"},
        {b"authorization": b"Basic sk-master-0123456789"},
        {b"x-other": b"sk-master-0123456789"},
    ],
)
def test_anything_else_is_refused(headers: dict[bytes, bytes]) -> None:
    with pytest.raises(Refused) as caught:
        identify(headers, STATE)
    assert (caught.value.status, caught.value.kind) == (401, "auth_error")
    assert "sk-master" not in caught.value.message


def test_keys_are_made_once_and_kept_private(tmp_path) -> None:
    first, second = keep(tmp_path / "data"), keep(tmp_path / "data")
    assert (first.fresh, second.fresh) == (True, False)
    assert (first.master_key, first.salt_key) == (second.master_key, second.salt_key)
    assert first.master_key != first.salt_key and len(first.master_key) > 40
    assert oct((tmp_path / "data" / "secrets").stat().st_mode)[-3:] == "600"
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secrets"]
    assert first.master_key not in repr(first)


def test_a_file_without_keys_is_not_overwritten(tmp_path) -> None:
    (tmp_path / "secrets").write_text("something else")
    with pytest.raises(OSError, match="holds no LITELLM_MASTER_KEY"):
        keep(tmp_path)
    assert (tmp_path / "secrets").read_text() == "something else"
