"""The application by name, for servers that are told one: `uvicorn litellm.proxy.proxy_server:app`.

Worker processes come in here too; what the command line said reaches them through the environment.
"""

from pathlib import Path
from typing import Any

import msgspec

from litellm.proxy.app import App, compose
from litellm.proxy.config import defaults, known, loader
from litellm.proxy.config.loader import Loaded
from litellm.proxy.config.secrets import Secrets, keep
from litellm.proxy.config.source import ConfigError, Place


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What decides which application is made; `params` are the arguments of one `model`."""

    config: str | None = None
    params: dict[str, Any] = {}
    alias: str | None = None
    settings: dict[str, Any] = {}
    data_dir: str | None = None
    debug: bool = False


class Prepared(msgspec.Struct, frozen=True):
    """A configuration, the master key in force and the keys that were made, if any were."""

    loaded: Loaded
    master_key: str | None
    secrets: Secrets | None


def prepare(options: Options) -> Prepared:
    """Read the configuration and find the master key. Raises `ConfigError`."""
    loaded = _loaded(options)
    general = loaded.config.general_settings
    permitted = general.dangerously_permit_weak_or_unset_master_key or loader.permits_weak_key()
    key = general.master_key if general.master_key is not None else loader.master_key()
    if key in known.PUBLISHED_KEYS and not permitted:
        raise ConfigError(
            f"the master key {key!r} is published in every tutorial: set LITELLM_MASTER_KEY, or "
            'general_settings.master_key, to one of your own, such as "sk-$(openssl rand -hex 24)"; a sandbox has '
            "general_settings.dangerously_permit_weak_or_unset_master_key"
        )
    if key or permitted:
        return Prepared(loaded, key, None)
    directory = loader.data_directory(options.data_dir)
    try:
        secrets = keep(directory)
    except OSError as error:
        raise ConfigError(
            f"no master key is set, and none can be kept in {directory}: {error}. Set LITELLM_MASTER_KEY, or name a "
            "writable directory with --data_dir"
        ) from error
    return Prepared(loaded, secrets.master_key, secrets)


def _loaded(options: Options) -> Loaded:
    if options.config:
        loaded = loader.load(Path(options.config))
    elif options.params:
        loaded = loader.accept({"model_list": defaults.model_list(options.params, options.alias)}, at=_command_line)
    else:
        loaded = loader.accept({"model_list": defaults.from_environment()}, at=_command_line)
    if not options.settings:
        return loaded
    settings = {**loaded.config.litellm_settings, **options.settings}
    return Loaded(msgspec.structs.replace(loaded.config, litellm_settings=settings), loaded.notices)


def _command_line(place: Place) -> str:
    return "the command line"


def make(options: Options, prepared: Prepared | None = None) -> App:
    """The application that these options describe. Raises `ConfigError`."""
    found = prepared or prepare(options)
    return compose(found.loaded.config, master_key=found.master_key, debug=options.debug)


def create() -> App:
    """The application of a worker process, or of a server that was told this module's name."""
    options = msgspec.json.decode(loader.worker_options(), type=Options)
    path = loader.config_path()
    if not options.config and not options.params and path:
        options = msgspec.structs.replace(options, config=str(path))
    return make(options)


def __getattr__(name: str) -> Any:
    """`app`, made when a server asks for it, so that importing this module reads no file."""
    if name == "app":
        return create()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
