"""How a user reads what a call used and cost, under pyright's strict mode. Checked, never run."""

from typing import assert_type

import litellm

response = litellm.completion("openai/gpt-4o-mini", [{"role": "user", "content": "Hello"}])
usage = response.usage
assert_type(usage.total_tokens, int)
details = usage.prompt_tokens_details
cached = details.cached_tokens if details else None
assert_type(cached, int | None)
assert_type(litellm.completion_cost(response), float)
prompt, answer = litellm.cost_per_token("gpt-4o-mini", prompt_tokens=1, completion_tokens=1)
total: float = prompt + answer
assert_type(litellm.token_counter(model="gpt-4o", text="Hello"), int)
most: int | None = litellm.get_max_tokens("gpt-4o")
assert_type(litellm.supports_vision("gpt-4o"), bool)
assert_type(litellm.model_list, list[str])
name, provider, key, base = litellm.get_llm_provider("openai/gpt-4o")
assert_type(provider, str)
litellm.drop_params = True
litellm.callbacks = [litellm.CustomLogger()]
try:
    litellm.completion("openai/gpt-4o-mini", [])
except litellm.RateLimitError as error:
    status: int = error.status_code
    message: str = error.message
