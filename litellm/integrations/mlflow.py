"""The logger that sends calls to MLflow."""

from typing import TYPE_CHECKING

from litellm._not_yet import not_yet_class
from litellm.integrations.custom_logger import CustomLogger

if TYPE_CHECKING:

    class MlflowLogger(CustomLogger):
        """Not available yet."""
else:
    MlflowLogger = not_yet_class("integrations.mlflow.MlflowLogger", (CustomLogger,))
