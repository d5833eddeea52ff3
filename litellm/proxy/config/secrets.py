"""The keys that the gateway makes for itself when it is given none: made once, kept in one file that only its owner
reads.
"""

import os
import secrets
from pathlib import Path

import msgspec

MASTER, SALT = "LITELLM_MASTER_KEY", "LITELLM_SALT_KEY"
_ABOUT = "# The gateway's own keys. Keep the salt key for ever: what is encrypted with it cannot be read without it.\n"


class Secrets(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of one data directory; `fresh` says that they were made just now."""

    path: Path
    master_key: str
    salt_key: str
    fresh: bool = False

    def __repr__(self) -> str:
        return f"Secrets({self.path})"


def keep(directory: Path) -> Secrets:
    """The directory's keys, made on first use. Raises OSError where the directory cannot be written."""
    path = directory.absolute() / "secrets"
    found = _read(path)
    if found:
        return found
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = f"{_ABOUT}{MASTER}={_key()}\n{SALT}={_key()}\n"
    draft = directory / f".secrets-{secrets.token_hex(8)}"
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_text(text, encoding="utf-8")
    try:
        os.link(draft, path)  # fails where another process was quicker: then its keys hold
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    made = _read(path)
    if made is None:
        raise OSError(f"{path} holds no {MASTER}: take the file away, and new keys are made")
    return msgspec.structs.replace(made, fresh=text == path.read_text(encoding="utf-8"))


def _read(path: Path) -> Secrets | None:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    values = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    if not values.get(MASTER) or not values.get(SALT):
        raise OSError(f"{path} holds no {MASTER} and {SALT}: put them in, or take the file away to have new ones made")
    return Secrets(path=path, master_key=values[MASTER], salt_key=values[SALT])


def _key() -> str:
    return "sk-" + secrets.token_urlsafe(32)
