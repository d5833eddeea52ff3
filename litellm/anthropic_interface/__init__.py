"""Calls in the format of Anthropic's Messages API, to any provider: `litellm.anthropic.messages.acreate`."""

from litellm.anthropic_interface import messages as messages
