"""The logger that sends calls to Opik."""

from typing import TYPE_CHECKING

from litellm._not_yet import not_yet_class
from litellm.integrations.custom_logger import CustomLogger

if TYPE_CHECKING:

    class OpikLogger(CustomLogger):
        """Not available yet."""
else:
    OpikLogger = not_yet_class("integrations.opik.opik.OpikLogger", (CustomLogger,))
