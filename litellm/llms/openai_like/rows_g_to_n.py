"""OpenAI-compatible vendors, g to n: addresses, keys and parameters as each vendor's page (`docs`) shows them."""

from litellm.llms.openai_like.provider import Provider, words
from litellm.llms.openai_like.rows_a_to_f import MAX_TOKENS

ROWS: tuple[Provider, ...] = (
    Provider(
        name="galadriel",
        base="https://api.galadriel.com/v1",
        key_env=("GALADRIEL_API_KEY",),
        base_env=("GALADRIEL_API_BASE",),
        docs="https://docs.galadriel.com",
    ),
    Provider(
        name="github",
        base="https://models.inference.ai.azure.com",
        key_env=("GITHUB_API_KEY", "GITHUB_TOKEN"),
        base_env=("GITHUB_API_BASE",),
        addresses=("https://models.github.ai/inference",),
        docs="https://docs.github.com/en/github-models",
    ),
    Provider(
        name="gmi",
        base="https://api.gmi-serving.com/v1",
        key_env=("GMI_API_KEY", "GMICLOUD_API_KEY"),
        docs="https://docs.gmicloud.ai/inference-engine/api-reference/llm-api-reference",
        verified=True,
    ),
    Provider(
        name="gradient_ai",
        base="https://inference.do-ai.run/v1",
        key_env=("GRADIENT_AI_API_KEY",),
        base_env=("GRADIENT_AI_AGENT_ENDPOINT",),
        own_path="/api/v1/chat/completions",
        supported=words(
            "filter_kb_content_by_query_metadata frequency_penalty include_functions_info "
            "include_guardrails_info include_retrieval_info instruction_override k kb_filters "
            "max_completion_tokens max_tokens presence_penalty provide_citations retrieval_method stop stream "
            "stream_options temperature top_p"
        ),
        reasoning_effort="never",
        direct=True,
        docs="https://docs.digitalocean.com/products/gradient-ai-platform/how-to/use-serverless-inference/",
        verified=True,
    ),
    Provider(
        name="groq",
        base="https://api.groq.com/openai/v1",
        key_env=("GROQ_API_KEY",),
        base_env=("GROQ_API_BASE",),
        unsupported=words("max_retries web_search_options"),
        renames=MAX_TOKENS,
        direct=True,
        docs="https://console.groq.com/docs/openai",
        verified=True,
    ),
    Provider(
        name="helicone",
        base="https://ai-gateway.helicone.ai/v1",
        key_env=("HELICONE_API_KEY",),
        tools="by model",
        docs="https://docs.helicone.ai/rest/ai-gateway/post-v1-chat-completions",
        verified=True,
    ),
    Provider(
        name="heroku",
        base=None,
        key_env=("HEROKU_API_KEY", "INFERENCE_KEY"),
        base_env=("HEROKU_API_BASE", "INFERENCE_URL"),
        path="/v1/chat/completions",
        direct=True,
        docs="https://devcenter.heroku.com/articles/heroku-inference-api-v1-chat-completions",
        verified=True,
    ),
    Provider(
        name="huggingface",
        base="https://router.huggingface.co/v1",
        key_env=("HF_TOKEN", "HUGGINGFACE_API_KEY"),
        key_name="HUGGINGFACE_API_KEY",
        base_env=("HF_API_BASE", "HUGGINGFACE_API_BASE"),
        reasoning_effort="never",
        embedding=False,
        completion=False,
        direct=True,
        announced=False,
        docs="https://huggingface.co/docs/inference-providers/tasks/chat-completion",
        verified=True,
    ),
    Provider(
        name="hyperbolic",
        base="https://api.hyperbolic.xyz/v1",
        key_env=("HYPERBOLIC_API_KEY",),
        base_env=("HYPERBOLIC_API_BASE",),
        supported=words(
            "frequency_penalty max_tokens messages model n presence_penalty response_format seed stop stream "
            "temperature tool_choice tools top_p user"
        ),
        docs="https://docs.hyperbolic.xyz/docs/rest-api",
    ),
    Provider(
        name="inception",
        base="https://api.inceptionlabs.ai/v1",
        key_env=("INCEPTION_API_KEY",),
        base_env=("INCEPTION_API_BASE",),
        supported=words(
            "diffusing max_completion_tokens max_tokens realtime reasoning_summary reasoning_summary_wait "
            "response_format stop stream stream_options temperature tool_choice tools"
        ),
        reasoning_effort="always",
        docs="https://docs.inceptionlabs.ai/api-reference/chat/create-a-chat-completion",
        verified=True,
    ),
    Provider(
        name="jina_ai",
        base="https://api.jina.ai/v1",
        key_env=("JINA_AI_API_KEY", "JINA_API_KEY", "JINA_AI_TOKEN"),
        base_env=("JINA_AI_API_BASE",),
        chat=False,
        completion=False,
        embedding_params=words("dimensions"),
        embedding_lists=True,
        direct=True,
        docs="https://jina.ai/embeddings/",
    ),
    Provider(
        name="lambda_ai",
        base="https://api.lambda.ai/v1",
        key_env=("LAMBDA_API_KEY",),
        base_env=("LAMBDA_API_BASE",),
        docs="https://docs.lambda.ai/public-cloud/lambda-inference-api/",
    ),
    Provider(
        name="libertai",
        base="https://api.libertai.io/v1",
        key_env=("LIBERTAI_API_KEY",),
        base_env=("LIBERTAI_API_BASE",),
        tools="by model",
        renames=MAX_TOKENS,
        docs="https://docs.libertai.io/apis/text/",
        verified=True,
    ),
    Provider(
        name="llamagate",
        base="https://api.llamagate.dev/v1",
        key_env=("LLAMAGATE_API_KEY",),
        renames=MAX_TOKENS,
    ),
    Provider(
        name="maritalk",
        base="https://chat.maritaca.ai/api",
        key_env=("MARITALK_API_KEY",),
        supported=words(
            "frequency_penalty max_tokens n presence_penalty stop stream stream_options temperature "
            "tool_choice tools top_k top_p"
        ),
        reasoning_effort="never",
        direct=True,
        announced=False,
        docs="https://docs.maritaca.ai/en/openai-compatibility",
    ),
    Provider(
        name="meta",
        base="https://api.meta.ai/v1",
        key_env=("META_API_KEY", "META_MODEL_API_KEY"),
        base_env=("META_API_BASE",),
        tools="by model",
        docs="https://dev.meta.ai/docs",
        verified=True,
    ),
    Provider(
        name="meta_llama",
        base="https://api.llama.com/compat/v1",
        key_env=("LLAMA_API_KEY",),
        base_env=("LLAMA_API_BASE",),
        quirks=("json_schema_only",),
        docs="https://llama.developer.meta.com/docs/features/compatibility/",
        verified=True,
    ),
    Provider(
        name="minimax",
        base="https://api.minimax.io/v1",
        key_env=("MINIMAX_API_KEY",),
        base_env=("MINIMAX_API_BASE",),
        more=words("reasoning_split"),
        reasoning_effort="never",
        thinking="by model",
        direct=True,
        docs="https://platform.minimax.io/docs/guides/quickstart",
        verified=True,
    ),
    Provider(
        name="mistral",
        base="https://api.mistral.ai/v1",
        key_env=("MISTRAL_API_KEY", "MISTRAL_AZURE_API_KEY"),
        base_env=("MISTRAL_API_BASE", "MISTRAL_AZURE_API_BASE"),
        supported=words(
            "frequency_penalty max_completion_tokens max_tokens n parallel_tool_calls presence_penalty "
            "response_format seed stop stream temperature tool_choice tools top_p"
        ),
        thinking="by model",
        renames={"max_completion_tokens": "max_tokens", "seed": "random_seed"},
        quirks=("text_content_to_string", "names_on_tool_messages_only", "tool_choice_any"),
        embedding_params=words("encoding_format"),
        completion=False,
        direct=True,
        docs="https://docs.mistral.ai/studio-api/conversations/reasoning",
        verified=True,
    ),
    Provider(
        name="modelscope",
        base="https://api-inference.modelscope.cn/v1",
        key_env=("MODELSCOPE_API_KEY",),
        base_env=("MODELSCOPE_API_BASE",),
        docs="https://modelscope.cn/docs/model-service/API-Inference/intro",
        verified=True,
    ),
    Provider(
        name="moonshot",
        base="https://api.moonshot.ai/v1",
        key_env=("MOONSHOT_API_KEY",),
        base_env=("MOONSHOT_API_BASE",),
        unsupported=words("functions"),
        renames=MAX_TOKENS,
        quirks=("text_content_to_string", "ask_for_a_tool"),
        addresses=("https://api.moonshot.cn/v1",),
        docs="https://platform.moonshot.ai/docs/api/chat",
        verified=True,
    ),
    Provider(
        name="morph",
        base="https://api.morphllm.com/v1",
        key_env=("MORPH_API_KEY",),
        base_env=("MORPH_API_BASE",),
        supported=words("messages model stream"),
        docs="https://docs.morphllm.com/api-reference/introduction",
        verified=True,
    ),
    Provider(
        name="nadir",
        base="https://api.getnadir.com/v1",
        key_env=("NADIR_API_KEY",),
        base_env=("NADIR_API_BASE",),
        supported=words(
            "extra_headers frequency_penalty max_retries max_tokens presence_penalty response_format stream "
            "temperature top_p"
        ),
    ),
    Provider(
        name="nano-gpt",
        base="https://nano-gpt.com/api/v1",
        key_env=("NANOGPT_API_KEY", "NANO_GPT_API_KEY"),
        tools="by model",
        renames=MAX_TOKENS,
        docs="https://docs.nano-gpt.com/api-reference/miscellaneous/extended-thinking",
        verified=True,
    ),
    Provider(
        name="nebius",
        base="https://api.studio.nebius.ai/v1",
        key_env=("NEBIUS_API_KEY",),
        base_env=("NEBIUS_API_BASE",),
        addresses=("https://api.studio.nebius.com/v1", "https://api.tokenfactory.nebius.com/v1"),
        docs="https://docs.tokenfactory.nebius.com/api-reference/inference/create-chat-completion",
    ),
    Provider(
        name="neosantara",
        base="https://api.neosantara.xyz/v1",
        key_env=("NEOSANTARA_API_KEY",),
        base_env=("NEOSANTARA_API_BASE",),
        tools="by model",
        renames=MAX_TOKENS,
        docs="https://docs.neosantara.xyz",
        verified=True,
    ),
    Provider(
        name="novita",
        base="https://api.novita.ai/v3/openai",
        key_env=("NOVITA_API_KEY",),
        base_env=("NOVITA_API_BASE",),
        addresses=("https://api.novita.ai/openai",),
        docs="https://novita.ai/docs/api-reference/model-apis-llm-create-chat-completion",
    ),
    Provider(
        name="nscale",
        base="https://inference.api.nscale.com/v1",
        key_env=("NSCALE_API_KEY",),
        base_env=("NSCALE_API_BASE",),
        supported=words(
            "frequency_penalty logit_bias logprobs max_tokens n presence_penalty response_format stop stream "
            "temperature top_logprobs top_p"
        ),
        docs="https://docs.nscale.com/docs/use-cases/chat",
        verified=True,
    ),
    Provider(
        name="nvidia_nim",
        base="https://integrate.api.nvidia.com/v1",
        key_env=("NVIDIA_NIM_API_KEY", "NVIDIA_API_KEY"),
        base_env=("NVIDIA_NIM_API_BASE",),
        supported=words(
            "frequency_penalty max_completion_tokens max_tokens parallel_tool_calls presence_penalty "
            "response_format seed stop stream temperature tool_choice tools top_p"
        ),
        renames=MAX_TOKENS,
        docs="https://docs.api.nvidia.com/nim/reference/llm-apis",
        verified=True,
    ),
)
