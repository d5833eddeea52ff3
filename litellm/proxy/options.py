"""What the command line may say: the options themselves, those of LiteLLM 1.x that do nothing yet, and how they are
refused.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from litellm.proxy.config.validate import nearest

# Flags of LiteLLM 1.x that are taken and have no effect yet: flag -> the number of values it takes.
NOT_YET: dict[str, int] = {
    "--add_key": 1, "--headers": 1, "--save": 0, "--add_function_to_prompt": 0, "--max_budget": 1, "--log_config": 1,
    "--setup": 0, "--test_async": 0, "--num_requests": 1, "--iam_token_db_auth": 0, "--azure_postgresql_auth": 0,
    "--run_gunicorn": 0, "--run_hypercorn": 0, "--run_granian": 0, "--granian_threads": 1, "--ciphers": 1,
    "--use_prisma_db_push": 0, "--timeout_worker_healthcheck": 1, "--max_requests_before_restart_jitter": 1,
    "--enforce_prisma_migration_check": 0, "--use_legacy_migration_resolver": 0, "--reload": 0,
    "--prometheus_metrics_port": 1,
}  # fmt: skip
# Those of them that protect something: a gateway that ignored them would be open where its operator believes it shut.
PROTECTIVE = frozenset({"--max_budget"})
# Flags that LiteLLM 1.x itself ignores.
IGNORED: dict[str, int] = {"--telemetry": 1, "--local": 0, "--use_queue": 0, "--use_v2_migration_resolver": 0}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Refuse in one line, with the flag that was probably meant."""
        sys.stderr.write(f"litellm: {message}\n")
        raise SystemExit(2)


def parse(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """The options, and the flags among them that have no effect yet. Exits with 2 on what is unknown."""
    parser = _parser()
    known, unknown = parser.parse_known_args(arguments)
    for flag in unknown:
        if flag.startswith("-"):
            name = flag.partition("=")[0]
            near = nearest(name, (option for action in parser._actions for option in action.option_strings))
            parser.error(f"unknown option {name}" + (f": did you mean {near}?" if near else "; --help lists them"))
        parser.error(f"unexpected argument {flag!r}; options begin with --")
    given = [flag for flag in NOT_YET if getattr(known, flag.removeprefix("--"), None) not in (None, False)]
    for flag in given:
        if flag in PROTECTIVE:
            parser.error(f"{flag} protects something and is not supported yet: take it out to start without it")
    return known, given


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="litellm", description="A gateway to 100+ LLM providers in OpenAI's format.", allow_abbrev=False
    )
    add = parser.add_argument
    add("--config", "-c", metavar="FILE", help="the configuration file (config.yaml)")
    add("--model", "-m", metavar="MODEL", help="serve this one model, such as provider/model")
    add("--alias", metavar="NAME", help="the name under which --model is served")
    add("--host", default="0.0.0.0", help="address to listen on (default 0.0.0.0, every interface)")
    add("--port", type=int, default=4000, help="port to listen on (default 4000; 0 for any free one)")
    add("--num_workers", type=int, default=1, metavar="N", help="processes (default 1)")
    add(
        "--data_dir", metavar="DIR", help="where the gateway keeps its keys (default LITELLM_DATA_DIR, else the user's)"
    )
    for flag, kind, text in (
        ("--api_base", str, "address of --model's provider"),
        ("--api_version", str, "API version of --model's provider"),
        ("--temperature", float, "temperature of --model, where a request names none"),
        ("--max_tokens", int, "longest answer of --model, where a request names none"),
        ("--request_timeout", float, "seconds after which no further attempt is made"),
    ):
        add(flag, type=kind, metavar=kind.__name__.upper(), help=text)
    add("--drop_params", action="store_true", help="drop parameters that a provider does not take")
    add("--debug", action="store_true", help="log a line for every request")
    add("--detailed_debug", action="store_true", help="log HTTP accesses too")
    add("--ssl_keyfile_path", metavar="FILE", help="the TLS key")
    add("--ssl_certfile_path", metavar="FILE", help="the TLS certificate")
    add(
        "--keepalive_timeout",
        type=int,
        default=75,
        metavar="S",
        help="seconds that an idle connection stays open (default 75)",
    )
    add("--limit_concurrency", type=int, metavar="N", help="connections after which new ones get 503")
    add("--max_requests_before_restart", type=int, metavar="N", help="requests after which a worker is replaced")
    add("--version", "-v", action="store_true", help="show the version and exit")
    add("--health", action="store_true", help="ask a running gateway which of its models answer, and exit")
    add("--test", nargs="?", const="", default=None, metavar="URL", help="send a running gateway one chat, and exit")
    add("--validate_config", action="store_true", help="check --config and exit")
    add("--skip_server_startup", action="store_true", help="do all but serve, and exit")
    for flag, values in {**NOT_YET, **IGNORED}.items():
        _add_silent(parser, flag, values)
    return parser


def _add_silent(parser: argparse.ArgumentParser, flag: str, values: int) -> None:
    if values:
        parser.add_argument(flag, help=argparse.SUPPRESS)
    else:
        parser.add_argument(flag, action="store_true", help=argparse.SUPPRESS)
