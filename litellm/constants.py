"""Names and numbers that more than one layer needs."""

# The parameters of OpenAI's chat completions that we know by name, and those we add for all providers.
OPENAI_CHAT_COMPLETION_PARAMS = (
    "functions function_call temperature top_p n stream stream_options stop max_completion_tokens "
    "modalities prediction audio max_tokens presence_penalty frequency_penalty logit_bias user response_format seed "
    "tools tool_choice parallel_tool_calls logprobs top_logprobs reasoning_effort verbosity thinking "
    "web_search_options service_tier store safety_identifier prompt_cache_key prompt_cache_retention"
).split()

OPENAI_TEXT_COMPLETION_PARAMS = (
    "best_of echo frequency_penalty logit_bias logprobs max_tokens n presence_penalty seed stop stream stream_options "
    "suffix temperature top_p user top_logprobs"
).split()

OPENAI_EMBEDDING_PARAMS = ["dimensions", "encoding_format", "user"]

# Tries after the first, for errors that may pass, when nobody says otherwise.
DEFAULT_RETRIES = 2

# Seconds without a byte after which a provider counts as silent, when nobody says otherwise.
DEFAULT_TIMEOUT = 600.0

CONNECT_TIMEOUT = 5.0
