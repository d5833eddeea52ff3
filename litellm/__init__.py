"""One call shape for 100+ LLM providers: an SDK, a router and a gateway.

The public names stand below once, for type checkers and for run time: each loads on first use. The settings are
attributes: `litellm.drop_params = True`.
"""

from typing import TYPE_CHECKING

from litellm._lazy import install
from litellm._settings import *  # noqa: F403

if TYPE_CHECKING:
    from litellm import cost_calculator as cost_calculator
    from litellm import exceptions as exceptions
    from litellm import main as main
    from litellm import types as types
    from litellm import utils as utils
    from litellm.exceptions import APIConnectionError as APIConnectionError
    from litellm.main import acompletion as acompletion
    from litellm.main import aembedding as aembedding
    from litellm.main import atext_completion as atext_completion
    from litellm.main import completion as completion
    from litellm.main import embedding as embedding
    from litellm.main import text_completion as text_completion

__version__ = "1.97.100"
__getattr__, __dir__ = install(globals())
