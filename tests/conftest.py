"""What every test starts from: no provider key of the developer's own, and no proxy between a test and loopback."""

import os
from collections.abc import Iterator

import pytest

SECRETS = ("_API_KEY", "_API_BASE", "_API_TOKEN", "_BASE_URL", "_ACCESS_KEY_ID", "_SECRET_ACCESS_KEY", "_SESSION_TOKEN")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True, scope="session")
def no_keys_of_the_developer() -> Iterator[None]:
    """Take provider keys and proxies out of the environment; `tests/live` names its keys itself."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.endswith(SECRETS) or name.lower() in PROXIES:
                patch.delenv(name)
        yield
