"""Calls in the format of Google's generateContent, to any provider."""

from litellm.google_genai.main import agenerate_content as agenerate_content
from litellm.google_genai.main import agenerate_content_stream as agenerate_content_stream
from litellm.google_genai.main import generate_content as generate_content
from litellm.google_genai.main import generate_content_stream as generate_content_stream
