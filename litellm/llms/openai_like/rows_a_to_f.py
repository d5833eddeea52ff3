"""OpenAI-compatible vendors, a to f: addresses, keys and parameters as each vendor's page (`docs`) shows them."""

from litellm.llms.openai_like.provider import Provider, words

MAX_TOKENS = {"max_completion_tokens": "max_tokens"}

ROWS: tuple[Provider, ...] = (
    Provider(
        name="abliteration",
        base="https://api.abliteration.ai/v1",
        key_env=("ABLITERATION_API_KEY", "ABLIT_KEY"),
        docs="https://docs.abliteration.ai/capabilities/thinking",
        verified=True,
    ),
    Provider(
        name="ai21",
        base="https://api.ai21.com/studio/v1",
        key_env=("AI21_API_KEY",),
        base_env=("AI21_API_BASE",),
        supported=words(
            "max_completion_tokens max_tokens n response_format seed stop stream temperature tool_choice tools top_p"
        ),
        docs="https://docs.ai21.com/reference/jamba-1-6-api-ref",
        verified=True,
    ),
    Provider(
        name="ai21_chat",
        base="https://api.ai21.com/studio/v1",
        key_env=("AI21_API_KEY",),
        base_env=("AI21_API_BASE",),
        supported=words(
            "max_completion_tokens max_tokens n response_format seed stop stream temperature tool_choice tools top_p"
        ),
        docs="https://docs.ai21.com/reference/jamba-1-6-api-ref",
        verified=True,
    ),
    Provider(
        name="aihubmix",
        base="https://aihubmix.com/v1",
        key_env=("AIHUBMIX_API_KEY",),
        base_env=("AIHUBMIX_API_BASE",),
        docs="https://docs.aihubmix.com",
    ),
    Provider(
        name="aiml",
        base="https://api.aimlapi.com/v1",
        key_env=("AIML_API_KEY", "AIMLAPI_KEY", "AIMLAPI_API_KEY"),
        base_env=("AIML_API_BASE",),
        docs="https://docs.aimlapi.com",
        verified=True,
    ),
    Provider(
        name="amazon_nova",
        base="https://api.nova.amazon.com/v1",
        key_env=("AMAZON_NOVA_API_KEY",),
        base_env=("AMAZON_NOVA_API_BASE",),
        supported=words(
            "max_completion_tokens max_tokens metadata stop stream stream_options temperature tool_choice tools top_p"
        ),
        reasoning_effort="always",
        direct=True,
        docs="https://nova.amazon.com/dev/documentation",
        verified=True,
    ),
    Provider(
        name="apertis",
        base="https://api.stima.tech/v1",
        key_env=("STIMA_API_KEY",),
        tools="by model",
        renames=MAX_TOKENS,
        docs="https://apertis.ai/docs",
    ),
    Provider(
        name="azure_ai",
        base=None,
        key_env=("AZURE_AI_API_KEY",),
        base_env=("AZURE_AI_API_BASE",),
        direct=True,
        quirks=("text_content_to_string",),
        docs="https://learn.microsoft.com/en-us/azure/ai-foundry/foundry-models/concepts/endpoints",
    ),
    Provider(
        name="baseten",
        base="https://inference.baseten.co/v1",
        key_env=("BASETEN_API_KEY",),
        supported=words(
            "frequency_penalty max_completion_tokens max_tokens presence_penalty response_format seed stop "
            "stream stream_options temperature tool_choice tools top_p user"
        ),
        docs="https://docs.baseten.co/reference/inference-api/chat-completions",
        verified=True,
    ),
    Provider(
        name="bedrock_mantle",
        base="https://bedrock-mantle.us-east-1.api.aws/v1",
        key_env=("BEDROCK_MANTLE_API_KEY", "AWS_BEARER_TOKEN_BEDROCK"),
        base_env=("BEDROCK_MANTLE_API_BASE",),
        direct=True,
        docs="https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html",
        verified=True,
    ),
    Provider(
        name="cerebras",
        base="https://api.cerebras.ai/v1",
        key_env=("CEREBRAS_API_KEY",),
        base_env=("CEREBRAS_API_BASE",),
        supported=words(
            "extra_headers max_completion_tokens max_retries max_tokens response_format seed stop stream "
            "temperature tool_choice tools top_p user"
        ),
        renames=MAX_TOKENS,
        docs="https://inference-docs.cerebras.ai/api-reference/chat-completions",
        verified=True,
    ),
    Provider(
        name="charity_engine",
        base="https://api.charityengine.services/remotejobs/v2/inference",
        key_env=("CHARITY_ENGINE_API_KEY",),
        tools="by model",
        renames=MAX_TOKENS,
    ),
    Provider(
        name="chutes",
        base="https://llm.chutes.ai/v1/",
        key_env=("CHUTES_API_KEY",),
        tools="by model",
        renames=MAX_TOKENS,
        docs="https://chutes.ai/docs/guides/reasoning-models",
        verified=True,
    ),
    Provider(
        name="clarifai",
        base="https://api.clarifai.com/v2/ext/openai/v1",
        key_env=("CLARIFAI_API_KEY", "CLARIFAI_PAT"),
        supported=words(
            "frequency_penalty max_completion_tokens max_tokens presence_penalty response_format stream "
            "stream_options temperature tool_choice tools top_p"
        ),
        docs="https://docs.clarifai.com/compute/inference/open-ai",
        verified=True,
    ),
    Provider(
        name="cloudflare",
        base=None,
        key_env=("CLOUDFLARE_API_KEY", "CLOUDFLARE_API_TOKEN"),
        base_env=("CLOUDFLARE_API_BASE",),
        completion=False,
        direct=True,
        announced=False,
        docs="https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/",
        verified=True,
    ),
    Provider(
        name="codestral",
        base="https://codestral.mistral.ai/v1",
        key_env=("CODESTRAL_API_KEY",),
        base_env=("CODESTRAL_API_BASE",),
        supported=words(
            "max_completion_tokens max_tokens parallel_tool_calls response_format seed stop stream "
            "temperature tool_choice tools top_p"
        ),
        renames={"max_completion_tokens": "max_tokens", "seed": "random_seed"},
        quirks=("tool_choice_any", "names_on_tool_messages_only"),
        completion=False,
        docs="https://docs.mistral.ai/capabilities/code_generation/",
    ),
    Provider(
        name="cognition",
        base="https://api.cognition.ai/v1",
        key_env=("COGNITION_API_KEY",),
        base_env=("COGNITION_API_BASE",),
        tools="by model",
    ),
    Provider(
        name="cometapi",
        base="https://api.cometapi.com/v1",
        key_env=("COMETAPI_KEY", "COMETAPI_API_KEY"),
        base_env=("COMETAPI_API_BASE", "COMETAPI_BASE_URL"),
        direct=True,
        docs="https://api.cometapi.com/doc",
    ),
    Provider(
        name="compactifai",
        base="https://api.compactif.ai/v1",
        key_env=("COMPACTIFAI_API_KEY",),
        direct=True,
        docs="https://docs.compactif.ai/",
    ),
    Provider(
        name="crusoe",
        base="https://managed-inference-api-proxy.crusoecloud.com/v1",
        key_env=("CRUSOE_API_KEY",),
        base_env=("CRUSOE_API_BASE",),
        addresses=("https://api.inference.crusoecloud.com/v1",),
        renames=MAX_TOKENS,
        docs="https://docs.crusoecloud.com/managed-inference/overview",
    ),
    Provider(
        name="darkbloom",
        base="https://api.darkbloom.dev/v1",
        key_env=("DARKBLOOM_API_KEY",),
        base_env=("DARKBLOOM_API_BASE",),
        tools="by model",
        renames=MAX_TOKENS,
    ),
    Provider(
        name="dashscope",
        base="https://dashscope.aliyuncs.com/compatible-mode/v1",
        key_env=("DASHSCOPE_API_KEY",),
        base_env=("DASHSCOPE_API_BASE",),
        reasoning_effort="always",
        docs="https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope",
        verified=True,
    ),
    Provider(
        name="databricks",
        base=None,
        key_env=("DATABRICKS_API_KEY", "DATABRICKS_TOKEN"),
        base_env=("DATABRICKS_API_BASE",),
        supported=words(
            "max_completion_tokens max_tokens n response_format stop stream temperature thinking tool_choice "
            "tools top_p"
        ),
        reasoning_effort="always",
        renames=MAX_TOKENS,
        embedding_params=words(""),
        docs="https://docs.databricks.com/en/large-language-models/llm-serving-intro.html",
        verified=True,
    ),
    Provider(
        name="datarobot",
        base="https://app.datarobot.com/api/v2/genai/llmgw",
        key_env=("DATAROBOT_API_TOKEN",),
        base_env=("DATAROBOT_ENDPOINT",),
        docs="https://docs.datarobot.com/en/docs/gen-ai/genai-code/dr-llm-gateway.html",
        verified=True,
    ),
    Provider(
        name="deepinfra",
        base="https://api.deepinfra.com/v1/openai",
        key_env=("DEEPINFRA_API_KEY",),
        base_env=("DEEPINFRA_API_BASE",),
        supported=words(
            "frequency_penalty function_call functions logit_bias max_completion_tokens max_tokens n "
            "presence_penalty response_format stop stream temperature tool_choice tools top_p"
        ),
        renames=MAX_TOKENS,
        quirks=("refuse_forced_tool_choice",),
        docs="https://docs.deepinfra.com/api-reference/chat-completions/openai-chat-completions",
        verified=True,
    ),
    Provider(
        name="deepseek",
        base="https://api.deepseek.com/beta",
        key_env=("DEEPSEEK_API_KEY",),
        base_env=("DEEPSEEK_API_BASE",),
        thinking="always",
        reasoning_effort="always",
        renames=MAX_TOKENS,
        quirks=("content_to_string", "thinking_switch", "effort_with_thinking"),
        direct=True,
        addresses=("https://api.deepseek.com",),
        docs="https://api-docs.deepseek.com/guides/thinking_mode",
        verified=True,
    ),
    Provider(
        name="docker_model_runner",
        base="http://localhost:22088/engines/llama.cpp",
        key_env=("DOCKER_MODEL_RUNNER_API_KEY",),
        base_env=("DOCKER_MODEL_RUNNER_API_BASE",),
        path="/v1/chat/completions",
        key_required=False,
        default_key="dummy-key",
        direct=True,
        docs="https://docs.docker.com/ai/model-runner/api-reference/",
    ),
    Provider(
        name="edenai",
        base="https://api.edenai.run/v3",
        key_env=("EDENAI_API_KEY",),
        base_env=("EDENAI_API_BASE",),
        direct=True,
        docs="https://docs.edenai.co",
        verified=True,
    ),
    Provider(
        name="empiriolabs",
        base="https://api.empiriolabs.ai/v1",
        key_env=("EMPIRIOLABS_API_KEY",),
        base_env=("EMPIRIOLABS_API_BASE",),
        renames=MAX_TOKENS,
        docs="https://docs.empiriolabs.ai",
        verified=True,
    ),
    Provider(
        name="empower",
        base="https://app.empower.dev/api/v1",
        key_env=("EMPOWER_API_KEY",),
        base_env=("EMPOWER_API_BASE",),
        docs="https://docs.empower.dev",
    ),
    Provider(
        name="featherless_ai",
        base="https://api.featherless.ai/v1",
        key_env=("FEATHERLESS_AI_API_KEY", "FEATHERLESS_API_KEY"),
        base_env=("FEATHERLESS_AI_API_BASE", "FEATHERLESS_API_BASE"),
        supported=words(
            "frequency_penalty function_call functions logit_bias max_completion_tokens max_tokens n "
            "presence_penalty stop stream temperature top_p"
        ),
        renames=MAX_TOKENS,
        docs="https://featherless.ai/docs",
        verified=True,
    ),
    Provider(
        name="fireworks_ai",
        base="https://api.fireworks.ai/inference/v1",
        key_env=("FIREWORKS_API_KEY", "FIREWORKS_AI_API_KEY", "FIREWORKSAI_API_KEY", "FIREWORKS_AI_TOKEN"),
        key_name="FIREWORKS_AI_API_KEY",
        base_env=("FIREWORKS_API_BASE",),
        more=words(
            "context_length_exceeded_behavior echo echo_last ignore_eos min_p mirostat_lr mirostat_target "
            "perf_metrics_in_response prompt_cache_isolation_key prompt_truncate_len raw_output "
            "repetition_penalty return_token_ids safe_tokenization sampling_mask speculation top_k typical_p "
            "user"
        ),
        unsupported=words(
            "audio extra_headers function_call functions max_retries modalities prompt_cache_retention "
            "safety_identifier store web_search_options"
        ),
        thinking="by model",
        renames=MAX_TOKENS,
        quirks=("tools_without_strict",),
        docs="https://docs.fireworks.ai/guides/reasoning",
        verified=True,
    ),
    Provider(
        name="friendliai",
        base="https://api.friendli.ai/serverless/v1",
        key_env=("FRIENDLIAI_API_KEY", "FRIENDLI_TOKEN"),
        base_env=("FRIENDLI_API_BASE",),
        docs="https://friendli.ai/docs/openapi/model-apis/chat-completions",
        verified=True,
    ),
)
