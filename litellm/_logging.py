"""The loggers of the package, and switching them on and off. Nothing is printed unless asked for."""

import logging
import sys
from typing import Any

import msgspec

from litellm._settings import log_level, settings

verbose_logger: logging.Logger = logging.getLogger("LiteLLM")
verbose_router_logger: logging.Logger = logging.getLogger("LiteLLM Router")
verbose_proxy_logger: logging.Logger = logging.getLogger("LiteLLM Proxy")
ALL_LOGGERS: tuple[logging.Logger, ...] = (verbose_logger, verbose_router_logger, verbose_proxy_logger)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["stacktrace"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line).decode()


class _ToStderr(logging.StreamHandler[Any]):
    """Writes to the standard error of the moment, so that a redirection takes effect."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        form = "%(asctime)s - %(name)s:%(levelname)s: %(filename)s:%(lineno)s - %(message)s"
        self.setFormatter(JsonFormatter() if settings.json_logs else logging.Formatter(form, "%H:%M:%S"))

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def set_level(level: int | str) -> None:
    """Show the package's messages from this level up, on standard error."""
    for logger in ALL_LOGGERS:
        logger.setLevel(level)
        if not any(isinstance(handler, _ToStderr) for handler in logger.handlers):
            logger.addHandler(_ToStderr())


def _turn_on_debug() -> None:
    """Show everything: what is sent and received, with secrets masked."""
    set_level(logging.DEBUG)


def _enable_debugging() -> None:
    """As `_turn_on_debug`, after `_disable_debugging`."""
    for logger in ALL_LOGGERS:
        logger.disabled = False


def _disable_debugging() -> None:
    """Show nothing at all."""
    for logger in ALL_LOGGERS:
        logger.disabled = True


def _turn_on_json() -> None:
    """Write log lines as JSON from now on."""
    for logger in ALL_LOGGERS:
        for handler in logger.handlers:
            handler.setFormatter(JsonFormatter())


def print_verbose(statement: Any) -> None:
    """Log a statement for debugging, as programs written for LiteLLM 1.x do."""
    verbose_logger.debug("%s", statement)


if log_level():
    set_level(log_level())
