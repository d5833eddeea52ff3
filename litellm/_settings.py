"""Every setting of the package: its name, type, default and meaning. The documentation's table is made from this file.

They are attributes of `litellm` (`litellm.drop_params = True`), so the values in force are the package's. Code reads
them through `settings`, never from here.
"""

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any


def env_flag(name: str) -> bool:
    """Whether an environment variable says yes."""
    return os.environ.get(name, "").strip().lower() in ("1", "true", "yes", "on")


def log_level() -> str:
    """The level from which log messages are shown, such as "DEBUG"; empty when none are asked for."""
    return os.environ.get("LITELLM_LOG", "").strip().upper()


# Credentials and addresses
api_key: str | None = None
"""Key for every provider that has no key of its own."""
api_base: str | None = None
"""Base URL used when neither the call nor the provider's environment names one."""
api_version: str | None = None
"""API version for providers that ask for one."""
organization: str | None = None
"""OpenAI organization id."""
openai_key: str | None = None
"""Key for OpenAI."""
azure_key: str | None = None
"""Key for Azure OpenAI."""
anthropic_key: str | None = None
"""Key for Anthropic."""
cohere_key: str | None = None
"""Key for Cohere."""
replicate_key: str | None = None
"""Key for Replicate."""
huggingface_key: str | None = None
"""Key for Hugging Face."""
groq_key: str | None = None
"""Key for Groq."""
databricks_key: str | None = None
"""Key for Databricks."""
openrouter_key: str | None = None
"""Key for OpenRouter."""
togetherai_api_key: str | None = None
"""Key for Together AI."""
together_ai_key: str | None = None
"""Key for Together AI."""
xai_key: str | None = None
"""Key for xAI."""
ai21_key: str | None = None
"""Key for AI21."""
aleph_alpha_key: str | None = None
"""Key for Aleph Alpha."""
baseten_key: str | None = None
"""Key for Baseten."""
cloudflare_api_key: str | None = None
"""Key for Cloudflare."""
clarifai_key: str | None = None
"""Key for Clarifai."""
deepinfra_key: str | None = None
"""Key for DeepInfra."""
deepseek_key: str | None = None
"""Key for DeepSeek."""
fireworks_ai_key: str | None = None
"""Key for Fireworks AI."""
friendliai_key: str | None = None
"""Key for FriendliAI."""
gemini_key: str | None = None
"""Key for Gemini."""
infinity_key: str | None = None
"""Key for Infinity."""
jina_ai_key: str | None = None
"""Key for Jina AI."""
maritalk_key: str | None = None
"""Key for Maritalk."""
mistral_key: str | None = None
"""Key for Mistral."""
nebius_key: str | None = None
"""Key for Nebius."""
nlp_cloud_key: str | None = None
"""Key for NLP Cloud."""
novita_api_key: str | None = None
"""Key for Novita."""
ollama_key: str | None = None
"""Key for Ollama."""
openai_like_key: str | None = None
"""Key for any OpenAI-compatible server."""
ovhcloud_key: str | None = None
"""Key for OVHcloud."""
palm_key: str | None = None
"""Key for PaLM."""
perplexity_key: str | None = None
"""Key for Perplexity."""
petals_key: str | None = None
"""Key for Petals."""
predibase_key: str | None = None
"""Key for Predibase."""
snowflake_key: str | None = None
"""Key for Snowflake."""
vercel_ai_gateway_key: str | None = None
"""Key for the Vercel AI gateway."""
volcengine_key: str | None = None
"""Key for Volcengine."""
voyage_key: str | None = None
"""Key for Voyage."""
wandb_key: str | None = None
"""Key for Weights & Biases."""
watsonx_key: str | None = None
"""Key for watsonx."""
heroku_key: str | None = None
"""Key for Heroku."""
lambda_key: str | None = None
"""Key for Lambda."""
moonshot_key: str | None = None
"""Key for Moonshot."""
nscale_key: str | None = None
"""Key for Nscale."""
nvidia_nim_key: str | None = None
"""Key for NVIDIA NIM."""
sambanova_key: str | None = None
"""Key for SambaNova."""
cerebras_key: str | None = None
"""Key for Cerebras."""
meta_llama_key: str | None = None
"""Key for Meta Llama."""
featherless_ai_key: str | None = None
"""Key for Featherless."""
galadriel_key: str | None = None
"""Key for Galadriel."""
github_key: str | None = None
"""Key for GitHub Models."""
inception_key: str | None = None
"""Key for Inception."""
morph_key: str | None = None
"""Key for Morph."""
v0_key: str | None = None
"""Key for v0."""
zai_key: str | None = None
"""Key for Z.AI."""
hyperbolic_key: str | None = None
"""Key for Hyperbolic."""
dashscope_key: str | None = None
"""Key for DashScope."""
minimax_key: str | None = None
"""Key for MiniMax."""
cometapi_key: str | None = None
"""Key for CometAPI."""
compactifai_key: str | None = None
"""Key for CompactifAI."""
gradient_ai_api_key: str | None = None
"""Key for DigitalOcean Gradient."""
datarobot_key: str | None = None
"""Key for DataRobot."""
aiml_key: str | None = None
"""Key for AI/ML API."""
bytez_key: str | None = None
"""Key for Bytez."""
edenai_key: str | None = None
"""Key for Eden AI."""
vertex_project: str | None = None
"""Google Cloud project. Not used yet: belongs to Vertex AI, a later provider."""
vertex_location: str | None = None
"""Google Cloud location. Not used yet: belongs to Vertex AI, a later provider."""
credential_list: list[Any] = []
"""Named credentials that a call or a deployment can refer to by `litellm_credential_name`."""
use_litellm_proxy: bool = False
"""Send every call to the gateway at LITELLM_PROXY_API_BASE."""
proxy_auth: Any = None
"""Object with `get_token()` whose token signs calls to a gateway in. Not used yet: pass `api_key`."""
headers: Mapping[str, str] | None = None
"""HTTP headers added to every request."""

# Parameters
drop_params: bool = env_flag("LITELLM_DROP_PARAMS")
"""Drop OpenAI parameters that a provider does not take, instead of raising."""
modify_params: bool = env_flag("LITELLM_MODIFY_PARAMS")
"""Allow messages and tools to be adjusted where a provider would refuse them."""
max_tokens: int = 4096
"""Output limit for providers that demand one, for models whose own limit is not known."""
add_function_to_prompt: bool = False
"""Describe tools in the prompt for models without tool calling."""
enable_json_schema_validation: bool = False
"""Check answers against the response_format's JSON schema."""
enable_anthropic_prompt_caching: bool = False
"""Mark long prompts for caching at providers that want them marked."""
disable_stop_sequence_limit: bool = False
"""Send all stop sequences, also where OpenAI takes four."""
vertex_ai_safety_settings: list[Any] | None = None
"""Safety settings for Google models."""
custom_provider_map: list[dict[str, Any]] = []
"""Your own providers: [{"provider": name, "custom_handler": CustomLLM instance}]."""
model_alias_map: dict[str, str] = {}
"""Model names that stand for other ones."""
user_url_validation: bool = True
"""Refuse to fetch images and files from addresses that are not public."""
user_url_allowed_hosts: list[str] = []
"""Hosts that may be fetched from all the same."""
provider_url_destination_allowed_hosts: list[str] = []
"""Hosts that a caller may name as api_base at the gateway. Not used yet: no client can name one."""

# Retries, fallbacks and time
num_retries: int | None = None
"""Tries after the first for errors that may pass; None means 2."""
request_timeout: float = 6000.0
"""Seconds after which no further attempt is made."""
fallbacks: list[Any] | None = None
"""Models to try when one fails."""
context_window_fallbacks: list[Any] | None = None
"""Models to try when a prompt is too long."""
content_policy_fallbacks: list[Any] | None = None
"""Models to try when a provider refuses content."""
default_fallbacks: list[Any] | None = None
"""Models to try when nothing else is said."""
model_fallbacks: list[Any] | None = None
"""Old name of fallbacks."""
allowed_fails: int = 3
"""Failures a minute after which a Router's deployment cools down; Routers that are not told otherwise take it when it
is changed."""

# Callbacks and logs
callbacks: list[Any] = []
"""Loggers and functions told of every call."""
input_callback: list[Any] = []
"""Functions told of a call before it is sent."""
success_callback: list[Any] = []
"""Functions told of every call that succeeded."""
failure_callback: list[Any] = []
"""Functions told of every call that failed."""
_async_input_callback: list[Any] = []
"""As input_callback, for coroutines."""
_async_success_callback: list[Any] = []
"""As success_callback, for coroutines."""
_async_failure_callback: list[Any] = []
"""As failure_callback, for coroutines."""
service_callback: list[Any] = []
"""Loggers of the gateway's own services. Not used yet: nothing tells them anything."""
audit_log_callbacks: list[Any] = []
"""Loggers of management changes. Not used yet: nothing tells them anything."""
set_verbose: bool = False
"""Log what is sent and received, with secrets masked."""
suppress_debug_info: bool = False
"""Accepted for compatibility: nothing is ever printed here."""
json_logs: bool = env_flag("JSON_LOGS")
"""Log lines as JSON."""
turn_off_message_logging: bool = False
"""Keep prompts and answers out of logs and callbacks."""
redact_messages_in_exceptions: bool = False
"""Keep prompts out of error messages."""
redact_user_api_key_info: bool = False
"""Keep key owners out of logs. Not used yet: key owners are in no log so far."""
log_raw_request_response: bool = False
"""Give callbacks the raw request and answer."""
return_response_headers: bool = False
"""Accepted for compatibility: upstream's headers are always in `_hidden_params`."""
langfuse_default_tags: list[str] | None = None
"""Tags for Langfuse traces. Not used yet: there is no such logger."""
s3_callback_params: dict[str, Any] | None = None
"""Where the S3 logger writes. Not used yet: there is no such logger."""
custom_prometheus_metadata_labels: list[str] = []
"""Metadata fields that become Prometheus labels. Not used yet: there is no such logger."""
custom_prometheus_tags: list[str] = []
"""Tags that become Prometheus labels. Not used yet: there is no such logger."""
prometheus_metrics_config: list[Any] | None = None
"""Which Prometheus metrics are kept, with which labels. Not used yet: there is no such logger."""
telemetry: bool = False
"""Accepted for compatibility: nothing is ever sent home."""

# Money
max_budget: float = 0.0
"""US dollars this process may spend; 0 means no limit."""
budget_duration: str | None = None
"""Time after which the budget starts anew, such as "30d"."""
_current_cost: float = 0.0
"""US dollars this process has spent, counted while max_budget is set."""
_budget_started: float = 0.0
"""When the running budget_duration began, in seconds since the epoch; 0 before the first call."""
budget_exceeded_status_code: int = 422
"""HTTP status of BudgetExceededError."""
cost_discount_config: dict[str, float] = {}
"""Discount by provider, 0.05 for 5 %."""
cost_margin_config: dict[str, Any] = {}
"""Margin by provider, after discounts."""
disable_end_user_cost_tracking: bool = False
"""Do not count cost by end user. Not used yet: cost is not counted by end user."""
max_internal_user_budget: float | None = None
"""Budget of a new internal user of the gateway. Not used yet: nobody's spending is limited by it."""
max_end_user_budget: float | None = None
"""Budget of an end user of the gateway. Not used yet: nobody's spending is limited by it."""
max_end_user_budget_id: str | None = None
"""Budget object of an end user of the gateway. Not used yet: nobody's spending is limited by it."""
tag_budget_config: dict[str, Any] | None = None
"""What Routers may spend on requests with a tag: `{"tag": {"budget_limit": dollars, "time_period": "1d"}}`."""

# Cache and tokens
cache: Any = None
"""The response cache, when one is on. Not used yet: answers are not kept."""
default_in_memory_ttl: float | None = None
"""Seconds an answer stays in the memory cache. Not used yet: answers are not kept."""
default_redis_ttl: float | None = None
"""Seconds an answer stays in Redis. Not used yet: answers are not kept."""
disable_token_counter: bool = False
"""Never count tokens; usage that a provider leaves out stays empty."""
REPEATED_STREAMING_CHUNK_LIMIT: int = 100
"""Identical chunks in a row after which a stream counts as stuck."""

# Connections
ssl_verify: bool | str = True
"""Verify TLS certificates; or the path of a CA bundle."""
ssl_certificate: str | None = None
"""Path of a PEM file with client certificate and key."""
ssl_security_level: str | None = None
"""Accepted for compatibility: TLS 1.2 and 1.3 with their safe ciphers are always used."""
ssl_ecdh_curve: str | None = None
"""Accepted for compatibility."""
client_session: Any = None
"""An httpx client for all synchronous calls."""
aclient_session: Any = None
"""An httpx client for all asynchronous calls."""
http2: bool = False
"""Offer HTTP/2."""
force_ipv4: bool = False
"""Connect over IPv4 only."""
disable_aiohttp_transport: bool = False
"""Accepted for compatibility: aiohttp is not used."""
aiohttp_trust_env: bool = True
"""Use HTTP_PROXY, HTTPS_PROXY and NO_PROXY."""
use_client: bool = False
"""Accepted for compatibility: connections are always kept."""

# Files
config_path: str | None = None
"""JSON file with arguments for `config_completion`."""

# Rules
pre_call_rules: list[Any] = []
"""Functions of the prompt that answer False, or raise, to stop a call."""
post_call_rules: list[Any] = []
"""Functions of the answer's text that answer False, or raise, to refuse it."""

# The gateway
default_key_generate_params: dict[str, Any] = {}
"""Fields a new key gets unless it says otherwise. Not used yet: the gateway has one key and no users or teams."""
upperbound_key_generate_params: dict[str, Any] | None = None
"""Most that a new key may ask for. Not used yet: the gateway has one key and no users or teams."""
key_generation_settings: dict[str, Any] | None = None
"""Who may make which keys. Not used yet: the gateway has one key and no users or teams."""
default_internal_user_params: dict[str, Any] | None = None
"""Fields a new internal user gets. Not used yet: the gateway has one key and no users or teams."""
default_team_params: dict[str, Any] | None = None
"""Fields a new team gets. Not used yet: the gateway has one key and no users or teams."""
default_team_settings: list[Any] | None = None
"""Callbacks by team. Not used yet: the gateway has one key and no users or teams."""
public_model_groups: list[str] | None = None
"""Model groups shown to everybody. Not used yet: the gateway has one key and no users or teams."""
priority_reservation: dict[str, float] | None = None
"""Share of a limit kept for each priority. Not used yet: the gateway has one key and no users or teams."""
priority_reservation_settings: Any = None
"""How reserved shares are given out. Not used yet: the gateway has one key and no users or teams."""


# The settings in force are the attributes of the package itself; this is it, while it is still being made.
if TYPE_CHECKING:
    import litellm._settings as _this

    settings = _this
else:
    settings = sys.modules["litellm"]

__all__ = [name for name in globals() if name in __annotations__]  # noqa: PLE0605
