"""OpenAI-compatible vendors, o to z: addresses, keys and parameters as each vendor's page (`docs`) shows them."""

from litellm.llms.openai_like.provider import Provider, words
from litellm.llms.openai_like.rows_a_to_f import MAX_TOKENS

ROWS: tuple[Provider, ...] = (
    Provider(
        name="openrouter",
        base="https://openrouter.ai/api/v1",
        key_env=("OPENROUTER_API_KEY", "OR_API_KEY"),
        base_env=("OPENROUTER_API_BASE",),
        direct=True,
        announced=False,
        docs="https://openrouter.ai/docs/api-reference/overview",
    ),
    Provider(
        name="ovhcloud",
        base="https://oai.endpoints.kepler.ai.cloud.ovh.net/v1",
        key_env=("OVHCLOUD_API_KEY",),
        base_env=("OVHCLOUD_API_BASE",),
        direct=True,
        docs="https://help.ovhcloud.com/csm/en-public-cloud-ai-endpoints-getting-started",
    ),
    Provider(
        name="parasail",
        base="https://api.parasail.io/v1",
        key_env=("PARASAIL_API_KEY",),
        base_env=("PARASAIL_API_BASE",),
        tools="by model",
        docs="https://docs.parasail.io/parasail-docs/serverless/serverless",
    ),
    Provider(
        name="perplexity",
        base="https://api.perplexity.ai",
        key_env=("PERPLEXITYAI_API_KEY", "PERPLEXITY_API_KEY"),
        base_env=("PERPLEXITY_API_BASE",),
        supported=words(
            "extra_headers frequency_penalty max_completion_tokens max_retries max_tokens presence_penalty "
            "response_format stream temperature top_p web_search_options"
        ),
        renames=MAX_TOKENS,
        docs="https://docs.perplexity.ai/guides/chat-completions-guide",
    ),
    Provider(
        name="pinstripes",
        base="https://pinstripes.io/v1",
        key_env=("PINSTRIPES_API_KEY",),
        base_env=("PINSTRIPES_API_BASE",),
        tools="by model",
        renames=MAX_TOKENS,
        docs="https://pinstripes.io",
    ),
    Provider(
        name="poe",
        base="https://api.poe.com/v1",
        key_env=("POE_API_KEY",),
        tools="by model",
        renames=MAX_TOKENS,
        docs="https://creator.poe.com/docs/external-applications/openai-compatible-api",
    ),
    Provider(
        name="publicai",
        base="https://api.publicai.co/v1",
        key_env=("PUBLICAI_API_KEY",),
        base_env=("PUBLICAI_API_BASE",),
        tools="by model",
        renames=MAX_TOKENS,
        quirks=("content_to_string",),
        docs="https://platform.publicai.co/docs",
    ),
    Provider(
        name="qwen_ai_platform",
        base="https://dashscope.aliyuncs.com/compatible-mode/v1",
        key_env=("QWEN_AI_PLATFORM_API_KEY", "DASHSCOPE_API_KEY"),
        base_env=("QWEN_AI_PLATFORM_API_BASE",),
        reasoning_effort="always",
        docs="https://help.aliyun.com/zh/model-studio/compatibility-of-openai-with-dashscope",
    ),
    Provider(
        name="qwencloud",
        base="https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
        key_env=("QWENCLOUD_API_KEY", "DASHSCOPE_API_KEY"),
        base_env=("QWENCLOUD_API_BASE",),
        reasoning_effort="always",
        docs="https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope",
    ),
    Provider(
        name="sambanova",
        base="https://api.sambanova.ai/v1",
        key_env=("SAMBANOVA_API_KEY",),
        base_env=("SAMBANOVA_API_BASE",),
        supported=words(
            "max_completion_tokens max_tokens response_format stop stream stream_options temperature top_k top_p"
        ),
        tools="by model",
        renames=MAX_TOKENS,
        docs="https://docs.sambanova.ai/docs/en/features/openai-compatibility",
    ),
    Provider(
        name="sarvam",
        base="https://api.sarvam.ai/v1",
        key_env=("SARVAM_API_KEY",),
        renames=MAX_TOKENS,
        docs="https://docs.sarvam.ai/api-reference-docs/chat/chat-completions",
    ),
    Provider(
        name="scaleway",
        base="https://api.scaleway.ai/v1",
        key_env=("SCW_SECRET_KEY",),
        tools="by model",
        docs="https://www.scaleway.com/en/developers/api/generative-apis/",
    ),
    Provider(
        name="scx-ai",
        base="https://api.scx.ai/v1",
        key_env=("SCX_API_KEY",),
        base_env=("SCX_API_BASE",),
        tools="by model",
        renames=MAX_TOKENS,
        docs="https://scx.ai",
    ),
    Provider(
        name="synthetic",
        base="https://api.synthetic.new/openai/v1",
        key_env=("SYNTHETIC_API_KEY",),
        tools="by model",
        renames=MAX_TOKENS,
        docs="https://dev.synthetic.new/docs/openai/chat-completions",
    ),
    Provider(
        name="tencent",
        base="https://tokenhub-intl.tencentcloudmaas.com/v1",
        key_env=("TENCENT_API_KEY",),
        base_env=("TENCENT_API_BASE",),
        docs="https://www.tencentcloud.com/document/product/1284",
    ),
    Provider(
        name="tensormesh",
        base="https://serverless.tensormesh.ai/v1",
        key_env=("TENSORMESH_INFERENCE_API_KEY",),
        base_env=("TENSORMESH_SERVERLESS_BASE_URL",),
        tools="by model",
        renames=MAX_TOKENS,
        docs="https://docs.tensormesh.ai",
    ),
    Provider(
        name="together_ai",
        base="https://api.together.ai/v1",
        key_env=("TOGETHER_API_KEY", "TOGETHER_AI_API_KEY", "TOGETHERAI_API_KEY", "TOGETHER_AI_TOKEN"),
        key_name="TOGETHERAI_API_KEY",
        base_env=("TOGETHER_AI_API_BASE",),
        direct=True,
        addresses=("https://api.together.xyz/v1",),
        docs="https://docs.together.ai/docs/openai-api-compatibility",
    ),
    Provider(
        name="v0",
        base="https://api.v0.dev/v1",
        key_env=("V0_API_KEY",),
        base_env=("V0_API_BASE",),
        supported=words("messages model stream tool_choice tools"),
        docs="https://v0.app/docs/api/model",
    ),
    Provider(
        name="veniceai",
        base="https://api.venice.ai/api/v1",
        key_env=("VENICE_AI_API_KEY",),
        docs="https://docs.venice.ai/api-reference/endpoint/chat/completions",
    ),
    Provider(
        name="vercel_ai_gateway",
        base="https://ai-gateway.vercel.sh/v1",
        key_env=("VERCEL_AI_GATEWAY_API_KEY", "VERCEL_OIDC_TOKEN"),
        base_env=("VERCEL_AI_GATEWAY_API_BASE",),
        more=words("extra_body"),
        docs="https://vercel.com/docs/ai-gateway/openai-compat",
    ),
    Provider(
        name="volcengine",
        base="https://ark.cn-beijing.volces.com/api/v3",
        key_env=("ARK_API_KEY", "VOLCENGINE_API_KEY"),
        base_env=("ARK_API_BASE", "VOLCENGINE_API_BASE"),
        supported=words(
            "extra_headers frequency_penalty function_call functions logit_bias logprobs "
            "max_completion_tokens max_retries max_tokens n presence_penalty seed stop stream stream_options "
            "temperature thinking tool_choice tools top_logprobs top_p"
        ),
        reasoning_effort="never",
        quirks=("thinking_switch",),
        docs="https://www.volcengine.com/docs/82379/1494384",
    ),
    Provider(
        name="wandb",
        base="https://api.inference.wandb.ai/v1",
        key_env=("WANDB_API_KEY",),
        base_env=("WANDB_API_BASE",),
        reasoning_effort="always",
        docs="https://docs.wandb.ai/guides/inference/api-reference/",
    ),
    Provider(
        name="xai",
        base="https://api.x.ai/v1",
        key_env=("XAI_API_KEY",),
        base_env=("XAI_API_BASE",),
        supported=words(
            "frequency_penalty logit_bias logprobs max_completion_tokens max_tokens n parallel_tool_calls "
            "presence_penalty response_format seed stop stream stream_options temperature tool_choice tools "
            "top_logprobs top_p user web_search_options"
        ),
        renames=MAX_TOKENS,
        quirks=("names_on_user_messages_only", "tools_without_strict"),
        direct=True,
        docs="https://docs.x.ai/docs/api-reference",
    ),
    Provider(
        name="xiaomi_mimo",
        base="https://api.xiaomimimo.com/v1",
        key_env=("XIAOMI_MIMO_API_KEY",),
        tools="by model",
        renames=MAX_TOKENS,
        docs="https://platform.xiaomimimo.com/#/docs/api/text-generation/openai-api",
    ),
    Provider(
        name="zai",
        base="https://api.z.ai/api/paas/v4",
        key_env=("ZAI_API_KEY",),
        base_env=("ZAI_API_BASE",),
        supported=words(
            "max_tokens response_format stop stream stream_options temperature thinking tool_choice tools top_p"
        ),
        reasoning_effort="never",
        quirks=("thinking_switch",),
        docs="https://docs.z.ai/api-reference/llm/chat-completion",
    ),
)
