"""The functions of Google's generateContent."""

from collections.abc import Callable
from typing import Any

from litellm._not_yet import stand_in

generate_content: Callable[..., Any] = stand_in("google_genai.generate_content")
agenerate_content: Callable[..., Any] = stand_in("google_genai.agenerate_content")
generate_content_stream: Callable[..., Any] = stand_in("google_genai.generate_content_stream")
agenerate_content_stream: Callable[..., Any] = stand_in("google_genai.agenerate_content_stream")
