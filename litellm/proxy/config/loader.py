"""Reads config.yaml, the files it includes and the environment into a checked `Config`. The gateway's only reader of
both.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml

from litellm.proxy.config import validate
from litellm.proxy.config.schema import Config
from litellm.proxy.config.source import ConfigError, Place, Source

_FROM_ENVIRONMENT = "os.environ/"
_YES = frozenset({"1", "true", "yes", "on"})
_MOST_INCLUDES = 50


class Loaded(msgspec.Struct, frozen=True):
    """A configuration ready for use, and what its operator should be told."""

    config: Config
    notices: tuple[str, ...] = ()


def load(path: Path) -> Loaded:
    """The configuration in a file. Raises `ConfigError` listing every problem with its file, line and remedy."""
    source = read(path)
    return accept(_included(source, (path.resolve(),)), at=source.at)


def accept(data: dict[str, Any], *, at: Callable[[Place], str]) -> Loaded:
    """The configuration in parsed data; `at` names the place of a value in messages."""
    for name, value in validate.environment_variables(data, at).items():
        os.environ[name] = value
    missing: list[str] = []
    resolved = _resolve(data, (), at, missing)
    notices, unusable = validate.check(resolved, at)
    return Loaded(validate.convert(resolved, at, without=unusable), (*notices, *missing))


def read(path: Path) -> Source:
    """A file, parsed and not yet understood."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; --config names the gateway's YAML file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: the file cannot be read: {error}") from None
    return parse(path, text)


def parse(path: Path, text: str) -> Source:
    """The YAML in a text that came from `path`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else {}
    except yaml.MarkedYAMLError as error:
        raise ConfigError(_malformed(path, error, text)) from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: this is no YAML: {error}") from None
    finally:
        loader.dispose()
    if data is None or data == {}:
        return Source(path, {}, node)
    if not isinstance(data, dict):
        raise ConfigError(f"{path}: the file must be a mapping such as 'model_list: …', and is a {type(data).__name__}")
    _check_doubles(path, node)
    return Source(path, data, node)


def _malformed(path: Path, error: Any, text: str) -> str:
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    shown = (text.splitlines() or [""])[min(line, max(len(text.splitlines()) - 1, 0))].rstrip()
    tab = "\t" in shown[: len(shown) - len(shown.lstrip())]
    remedy = "indent with spaces, not with tabs" if tab else "check its indentation, colons and quotes"
    problem = error.problem or error.context or "malformed"
    return f"{path}, line {line + 1}: malformed YAML: {problem}\n    {shown}\n  {remedy}"


def _check_doubles(path: Path, node: Any) -> None:
    """YAML lets a key stand twice and forgets the first: here that is an error."""
    if isinstance(node, yaml.MappingNode):
        seen: dict[Any, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen and key.value != "<<":
                raise ConfigError(
                    f"{path}, line {line}: {key.value!r} stands here a second time (first in line {seen[key.value]}): "
                    "merge the two"
                )
            seen[key.value] = line
            _check_doubles(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _check_doubles(path, item)


def _included(source: Source, seen: tuple[Path, ...]) -> dict[str, Any]:
    """The file's data with those of the files it includes: lists are joined, the including file's other values win."""
    data = dict(source.data)
    names = data.pop("include", None) or []
    if isinstance(names, str):
        names = [names]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ConfigError(f"{source.at(('include',))}: include must be a list of file names")
    for name in names:
        path = (source.path.parent / name).resolve()
        if path in seen or len(seen) > _MOST_INCLUDES:
            raise ConfigError(f"{source.at(('include',))}: {name!r} includes itself, through {len(seen)} files")
        for key, value in _included(read(path), (*seen, path)).items():
            data[key] = _merged(data.get(key), value)
    return data


def _merged(own: Any, other: Any) -> Any:
    if isinstance(own, list) and isinstance(other, list):
        return [*own, *other]
    if isinstance(own, dict) and isinstance(other, dict):
        return {**other, **own}
    return other if own is None else own


def _resolve(value: Any, place: Place, at: Callable[[Place], str], missing: list[str]) -> Any:
    """The value with every `os.environ/NAME` in it replaced; a name that is not set leaves nothing."""
    if isinstance(value, dict):
        found = {key: _resolve(item, (*place, key), at, missing) for key, item in value.items()}
        return {key: item for key, item in found.items() if item is not _UNSET}
    if isinstance(value, list):
        return [
            item for at_, each in enumerate(value) if (item := _resolve(each, (*place, at_), at, missing)) is not _UNSET
        ]
    if not isinstance(value, str) or not value.startswith(_FROM_ENVIRONMENT):
        return value
    name = value.removeprefix(_FROM_ENVIRONMENT)
    if name in os.environ:
        return os.environ[name]
    where = ".".join(str(step) for step in place)
    if place[0] == "general_settings":
        raise ConfigError(f"{at(place)}: {where} is {value!r}, but the environment variable {name} is not set: set it")
    missing.append(f"{at(place)}: {where} is {value!r}, but the environment variable {name} is not set: left out")
    return _UNSET


_UNSET = object()


# -- the environment -------------------------------------------------------------------------------------------------


def master_key() -> str | None:
    """The master key in the environment."""
    return os.environ.get("LITELLM_MASTER_KEY")


def salt_key() -> str | None:
    """The salt key in the environment."""
    return os.environ.get("LITELLM_SALT_KEY")


def permits_weak_key() -> bool:
    """Whether the environment allows a published master key, or none."""
    return os.environ.get("LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY", "").strip().lower() in _YES


def data_directory(given: str | None) -> Path:
    """Where the gateway keeps what must survive a restart: --data_dir, LITELLM_DATA_DIR, or the user's data
    directory.
    """
    named = given or os.environ.get("LITELLM_DATA_DIR")
    if named:
        return Path(named).expanduser()
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "litellm"


def config_path() -> Path | None:
    """The configuration file of a gateway that is started by name (`uvicorn litellm.proxy.proxy_server:app`)."""
    named = os.environ.get("CONFIG_FILE_PATH")
    return Path(named) if named else None


_WORKER = "LITELLM_GATEWAY_OPTIONS"


def hand_to_workers(options: bytes) -> None:
    """Leave the options of the command line where worker processes find them."""
    os.environ[_WORKER] = options.decode()


def worker_options() -> bytes:
    """The options that the parent process left."""
    return os.environ.get(_WORKER, "{}").encode()


def environment() -> Mapping[str, str]:
    """The environment as it is now."""
    return os.environ
