"""The command `litellm`: starts the gateway and says where it is, with which key, and how to try it."""

import argparse
import logging
import socket
import sys
from collections.abc import Sequence
from typing import Any

import msgspec

from litellm import _compose
from litellm.core.errors import ProviderError
from litellm.core.http import HttpRequest
from litellm.proxy.config import loader
from litellm.proxy.config.defaults import ECHO
from litellm.proxy.config.secrets import MASTER
from litellm.proxy.config.source import ConfigError
from litellm.proxy.options import parse
from litellm.proxy.proxy_server import Options, Prepared, make, prepare

_BACKLOG = 2048
# Orchestrators kill a process about 30 s after they asked it to stop.
_STOP_SECONDS = 25


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exits with 2 where it, or the configuration, cannot be used."""
    given, without_effect = parse(sys.argv[1:] if arguments is None else arguments)
    if given.version:
        print(f"litellm {_compose.version()}")
    elif given.health or given.test is not None:
        raise SystemExit(_ask(given))
    else:
        try:
            _start(given, without_effect)
        except ConfigError as error:
            _fail(str(error))
        except KeyboardInterrupt:
            pass  # the server has stopped in good order by now, and says again what stopped it


def _fail(message: str) -> None:
    print(f"litellm cannot start:\n{message}", file=sys.stderr)
    raise SystemExit(2)


def _start(given: argparse.Namespace, without_effect: list[str]) -> None:
    options = _options(given)
    _set_up_logs(given)
    prepared = prepare(options)
    app = make(options, prepared)
    for notice in (
        *prepared.loaded.notices,
        *(f"{flag} is not supported yet and has no effect" for flag in without_effect),
    ):
        print(f"WARNING {notice}", file=sys.stderr)
    if given.validate_config:
        print(f"{given.config or 'the configuration'} is valid")
        return
    if given.skip_server_startup:
        return
    listening = _listen(given.host, given.port)
    _announce(given, prepared, listening.getsockname()[1], sorted(app.gateway.snapshot.names()))
    _serve(given, options, app, listening)


def _options(given: argparse.Namespace) -> Options:
    if given.config and given.model:
        raise ConfigError("--config and --model exclude each other: add the model to the file's model_list")
    if given.alias and not given.model:
        raise ConfigError("--alias names the model of --model: give that too")
    params = {name: getattr(given, name) for name in ("api_base", "api_version", "temperature", "max_tokens")}
    told = {name: value for name, value in params.items() if value is not None}
    if told and not given.model:
        raise ConfigError(
            f"--{next(iter(told))} belongs to --model: give that too, or put it in the configuration file"
        )
    settings: dict[str, Any] = {"drop_params": True} if given.drop_params else {}
    if given.request_timeout is not None:
        settings["request_timeout"] = given.request_timeout
    return Options(
        config=given.config,
        params={"model": given.model, **told} if given.model else {},
        alias=given.alias,
        settings=settings,
        data_dir=given.data_dir,
        debug=given.debug or given.detailed_debug,
    )


def _set_up_logs(given: argparse.Namespace) -> None:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    if given.debug or given.detailed_debug:
        logging.getLogger("litellm.proxy").setLevel(logging.DEBUG)
    if given.detailed_debug:
        logging.getLogger("uvicorn").setLevel(logging.DEBUG)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f"cannot listen on {host}:{port}: {reason}. Choose another with --host and --port") from None
    listening.set_inheritable(True)
    return listening


def _announce(given: argparse.Namespace, prepared: Prepared, port: int, names: list[str]) -> None:
    """Say where the gateway is, where its key is, and how to try it."""
    scheme = "https" if given.ssl_certfile_path else "http"
    host = "localhost" if given.host in ("0.0.0.0", "::") else f"[{given.host}]" if ":" in given.host else given.host
    url = f"{scheme}://{host}:{port}"
    shown = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    lines = [f"LiteLLM {_compose.version()} at {url}", f"  models: {shown or 'none: model_list is empty'}"]
    before, authorization = "", f' \\\n    -H "Authorization: Bearer ${MASTER}"'
    secrets = prepared.secrets
    if prepared.master_key is None:
        lines.append("  key: none is asked for; whoever reaches this address may use it")
        authorization = ""
    elif secrets and secrets.fresh:
        lines.append(f"  key: {secrets.master_key}\n       made now, shown this once, kept in {secrets.path}")
    elif secrets:
        lines.append(f"  key: in {secrets.path}")
    elif prepared.loaded.config.general_settings.master_key is not None:
        lines.append(f"  key: general_settings.master_key of {given.config}; as ${MASTER} below")
    else:
        lines.append(f"  key: ${MASTER}")
    if secrets:
        before = f". {_quoted(str(secrets.path))}; "
    model = next((name for name in names if "*" not in name), ECHO)
    body = msgspec.json.encode({"model": model, "messages": [{"role": "user", "content": "Hello"}]}).decode()
    lines.append(f"  try it:\n  {before}curl {url}/v1/chat/completions{authorization} \\")
    lines.append(f"    -H 'Content-Type: application/json' -d {_quoted(body)}")
    print("\n".join(lines), flush=True)


def _quoted(text: str) -> str:
    from shlex import quote

    return quote(text)


def _serve(given: argparse.Namespace, options: Options, app: Any, listening: socket.socket) -> None:
    import uvicorn

    from litellm.proxy.server import Protocol

    several = given.num_workers > 1
    config = uvicorn.Config(
        "litellm.proxy.proxy_server:create" if several else app,
        factory=several,
        workers=given.num_workers,
        http=Protocol,
        ws="none",
        interface="asgi3",
        lifespan="on",
        log_config=None,
        log_level="debug" if given.detailed_debug else "warning",
        access_log=given.detailed_debug,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=given.keepalive_timeout,
        timeout_graceful_shutdown=_STOP_SECONDS,
        limit_concurrency=given.limit_concurrency,
        limit_max_requests=given.max_requests_before_restart,
        ssl_keyfile=given.ssl_keyfile_path,
        ssl_certfile=given.ssl_certfile_path,
        backlog=_BACKLOG,
    )
    if not several:
        uvicorn.Server(config).run(sockets=[listening])
        return
    from uvicorn.supervisors import Multiprocess

    loader.hand_to_workers(msgspec.json.encode(options))
    Multiprocess(config, sockets=[listening]).run()


# -- asking a running gateway ----------------------------------------------------------------------------------------


def _ask(given: argparse.Namespace) -> int:
    """Send a running gateway one request and print its answer; 0 when it was a good one."""
    host = "127.0.0.1" if given.host == "0.0.0.0" else given.host
    base = given.test or f"http://{host}:{given.port}"
    try:
        key = prepare(_options(given)).master_key
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    headers = {"content-type": "application/json", **({"authorization": f"Bearer {key}"} if key else {})}
    if given.health:
        request = HttpRequest("GET", f"{base}/health", headers)
    else:
        body = {"model": given.model or ECHO, "messages": [{"role": "user", "content": "Hello"}]}
        request = HttpRequest("POST", f"{base}/v1/chat/completions", headers, msgspec.json.encode(body))
    try:
        response = _compose.send(request)
    except ProviderError as error:
        print(f"{error.message}\nstart a gateway with: litellm --port {given.port}", file=sys.stderr)
        return 1
    print(response.body.decode("utf-8", "replace"))
    return 0 if response.status == 200 else 1


if __name__ == "__main__":
    main()
