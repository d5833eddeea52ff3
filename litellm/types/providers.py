"""The names of providers and of calls, as data; what a provider needs is in `llms`."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal


class LlmProviders(StrEnum):
    """Providers by the name that stands before the slash in `provider/model`."""

    A2A = "a2a"
    A2A_AGENT = "a2a_agent"
    AI21 = "ai21"
    AI21_CHAT = "ai21_chat"
    AIML = "aiml"
    AIOHTTP_OPENAI = "aiohttp_openai"
    AMAZON_NOVA = "amazon_nova"
    ANTHROPIC = "anthropic"
    ANTHROPIC_TEXT = "anthropic_text"
    APERTIS = "apertis"
    ASSEMBLYAI = "assemblyai"
    AUTO_ROUTER = "auto_router"
    AWS_POLLY = "aws_polly"
    AWS_TEXTRACT = "aws_textract"
    AZURE = "azure"
    AZURE_AI = "azure_ai"
    AZURE_SPEECH = "azure_speech"
    AZURE_TEXT = "azure_text"
    BASETEN = "baseten"
    BEDROCK = "bedrock"
    BEDROCK_MANTLE = "bedrock_mantle"
    BLACK_FOREST_LABS = "black_forest_labs"
    BYTEZ = "bytez"
    CEREBRAS = "cerebras"
    CHARITY_ENGINE = "charity_engine"
    CHATGPT = "chatgpt"
    CHUTES = "chutes"
    CLARIFAI = "clarifai"
    CLOUDFLARE = "cloudflare"
    CODESTRAL = "codestral"
    COGNITION = "cognition"
    COHERE = "cohere"
    COHERE_CHAT = "cohere_chat"
    COMETAPI = "cometapi"
    COMPACTIFAI = "compactifai"
    CURSOR = "cursor"
    CUSTOM = "custom"
    CUSTOM_OPENAI = "custom_openai"
    DARKBLOOM = "darkbloom"
    DASHSCOPE = "dashscope"
    DATABRICKS = "databricks"
    DATAROBOT = "datarobot"
    DEEPGRAM = "deepgram"
    DEEPINFRA = "deepinfra"
    DEEPSEEK = "deepseek"
    DOCKER_MODEL_RUNNER = "docker_model_runner"
    DOTPROMPT = "dotprompt"
    EDENAI = "edenai"
    ELEVENLABS = "elevenlabs"
    EMPOWER = "empower"
    FAL_AI = "fal_ai"
    FEATHERLESS_AI = "featherless_ai"
    FIREWORKS_AI = "fireworks_ai"
    FRIENDLIAI = "friendliai"
    GALADRIEL = "galadriel"
    GDC = "gdc"
    GEMINI = "gemini"
    GIGACHAT = "gigachat"
    GITHUB = "github"
    GITHUB_COPILOT = "github_copilot"
    GRADIENT_AI = "gradient_ai"
    GROQ = "groq"
    HELICONE = "helicone"
    HEROKU = "heroku"
    HOSTED_VLLM = "hosted_vllm"
    HUGGINGFACE = "huggingface"
    HUMANLOOP = "humanloop"
    HYPERBOLIC = "hyperbolic"
    INCEPTION = "inception"
    INFINITY = "infinity"
    JINA_AI = "jina_ai"
    LAMBDA_AI = "lambda_ai"
    LANGFLOW = "langflow"
    LANGFUSE = "langfuse"
    LANGGRAPH = "langgraph"
    LEMONADE = "lemonade"
    LIBERTAI = "libertai"
    LITELLM_AGENT = "litellm_agent"
    LITELLM_PROXY = "litellm_proxy"
    LLAMAFILE = "llamafile"
    LM_STUDIO = "lm_studio"
    MANUS = "manus"
    MARITALK = "maritalk"
    META = "meta"
    META_LLAMA = "meta_llama"
    MILVUS = "milvus"
    MINIMAX = "minimax"
    MISTRAL = "mistral"
    MODELSCOPE = "modelscope"
    MONGODB = "mongodb"
    MOONSHOT = "moonshot"
    MORPH = "morph"
    NADIR = "nadir"
    NANO_GPT = "nano-gpt"
    NEBIUS = "nebius"
    NEOSANTARA = "neosantara"
    NLP_CLOUD = "nlp_cloud"
    NOVITA = "novita"
    NSCALE = "nscale"
    NVIDIA_NIM = "nvidia_nim"
    NVIDIA_RIVA = "nvidia_riva"
    OCI = "oci"
    OLLAMA = "ollama"
    OLLAMA_CHAT = "ollama_chat"
    OOBABOOGA = "oobabooga"
    OPENAI = "openai"
    OPENAI_LIKE = "openai_like"
    OPENROUTER = "openrouter"
    OVHCLOUD = "ovhcloud"
    PARASAIL = "parasail"
    PERPLEXITY = "perplexity"
    PETALS = "petals"
    PG_VECTOR = "pg_vector"
    PINSTRIPES = "pinstripes"
    POE = "poe"
    PREDIBASE = "predibase"
    PUBLICAI = "publicai"
    QWEN_AI_PLATFORM = "qwen_ai_platform"
    QWENCLOUD = "qwencloud"
    RAGFLOW = "ragflow"
    RECRAFT = "recraft"
    REDUCTO = "reducto"
    REPLICATE = "replicate"
    RUNWAYML = "runwayml"
    S3_VECTORS = "s3_vectors"
    SAGEMAKER = "sagemaker"
    SAGEMAKER_CHAT = "sagemaker_chat"
    SAGEMAKER_NOVA = "sagemaker_nova"
    SAMBANOVA = "sambanova"
    SAP = "sap"
    SCALEWAY = "scaleway"
    SCX_AI = "scx-ai"
    SNOWFLAKE = "snowflake"
    SONIOX = "soniox"
    STABILITY = "stability"
    SYNTHETIC = "synthetic"
    TENCENT = "tencent"
    TENSORMESH = "tensormesh"
    TEXT_COMPLETION_CODESTRAL = "text-completion-codestral"
    TEXT_COMPLETION_INCEPTION = "text-completion-inception"
    TEXT_COMPLETION_OPENAI = "text-completion-openai"
    TOGETHER_AI = "together_ai"
    TOPAZ = "topaz"
    TRANSCRIBE = "transcribe"
    TRITON = "triton"
    V0 = "v0"
    VALKEY = "valkey"
    VERCEL_AI_GATEWAY = "vercel_ai_gateway"
    VERTEX_AI = "vertex_ai"
    VERTEX_AI_BETA = "vertex_ai_beta"
    VLLM = "vllm"
    VOLCENGINE = "volcengine"
    VOYAGE = "voyage"
    WANDB = "wandb"
    WATSONX = "watsonx"
    WATSONX_TEXT = "watsonx_text"
    XAI = "xai"
    XIAOMI_MIMO = "xiaomi_mimo"
    XINFERENCE = "xinference"
    ZAI = "zai"


LlmProvidersSet: frozenset[str] = frozenset(provider.value for provider in LlmProviders)


class CallTypes(StrEnum):
    """Public calls, as hooks and logs name them."""

    completion = "completion"
    acompletion = "acompletion"
    text_completion = "text_completion"
    atext_completion = "atext_completion"
    embedding = "embedding"
    aembedding = "aembedding"
    image_generation = "image_generation"
    aimage_generation = "aimage_generation"
    image_edit = "image_edit"
    aimage_edit = "aimage_edit"
    image_variation = "image_variation"
    aimage_variation = "aimage_variation"
    moderation = "moderation"
    amoderation = "amoderation"
    transcription = "transcription"
    atranscription = "atranscription"
    speech = "speech"
    aspeech = "aspeech"
    rerank = "rerank"
    arerank = "arerank"
    search = "search"
    asearch = "asearch"
    ocr = "ocr"
    aocr = "aocr"
    responses = "responses"
    aresponses = "aresponses"
    get_responses = "get_responses"
    aget_responses = "aget_responses"
    delete_responses = "delete_responses"
    adelete_responses = "adelete_responses"
    cancel_responses = "cancel_responses"
    acancel_responses = "acancel_responses"
    list_input_items = "list_input_items"
    alist_input_items = "alist_input_items"
    compact_responses = "compact_responses"
    acompact_responses = "acompact_responses"
    anthropic_messages = "anthropic_messages"
    generate_content = "generate_content"
    agenerate_content = "agenerate_content"
    generate_content_stream = "generate_content_stream"
    agenerate_content_stream = "agenerate_content_stream"
    create_batch = "create_batch"
    acreate_batch = "acreate_batch"
    retrieve_batch = "retrieve_batch"
    aretrieve_batch = "aretrieve_batch"
    list_batches = "list_batches"
    alist_batches = "alist_batches"
    cancel_batch = "cancel_batch"
    acancel_batch = "acancel_batch"
    create_file = "create_file"
    acreate_file = "acreate_file"
    file_retrieve = "file_retrieve"
    afile_retrieve = "afile_retrieve"
    file_list = "file_list"
    afile_list = "afile_list"
    file_delete = "file_delete"
    afile_delete = "afile_delete"
    file_content = "file_content"
    afile_content = "afile_content"
    create_fine_tuning_job = "create_fine_tuning_job"
    acreate_fine_tuning_job = "acreate_fine_tuning_job"
    cancel_fine_tuning_job = "cancel_fine_tuning_job"
    acancel_fine_tuning_job = "acancel_fine_tuning_job"
    list_fine_tuning_jobs = "list_fine_tuning_jobs"
    alist_fine_tuning_jobs = "alist_fine_tuning_jobs"
    retrieve_fine_tuning_job = "retrieve_fine_tuning_job"
    aretrieve_fine_tuning_job = "aretrieve_fine_tuning_job"
    create_assistants = "create_assistants"
    acreate_assistants = "acreate_assistants"
    get_assistants = "get_assistants"
    aget_assistants = "aget_assistants"
    delete_assistant = "delete_assistant"
    adelete_assistant = "adelete_assistant"
    create_thread = "create_thread"
    acreate_thread = "acreate_thread"
    get_thread = "get_thread"
    aget_thread = "aget_thread"
    add_message = "add_message"
    a_add_message = "a_add_message"
    get_messages = "get_messages"
    aget_messages = "aget_messages"
    run_thread = "run_thread"
    arun_thread = "arun_thread"
    run_thread_stream = "run_thread_stream"
    arun_thread_stream = "arun_thread_stream"
    vector_store_create = "vector_store_create"
    avector_store_create = "avector_store_create"
    vector_store_search = "vector_store_search"
    avector_store_search = "avector_store_search"
    vector_store_file_create = "vector_store_file_create"
    avector_store_file_create = "avector_store_file_create"
    vector_store_file_list = "vector_store_file_list"
    avector_store_file_list = "avector_store_file_list"
    vector_store_file_retrieve = "vector_store_file_retrieve"
    avector_store_file_retrieve = "avector_store_file_retrieve"
    vector_store_file_content = "vector_store_file_content"
    avector_store_file_content = "avector_store_file_content"
    vector_store_file_update = "vector_store_file_update"
    avector_store_file_update = "avector_store_file_update"
    vector_store_file_delete = "vector_store_file_delete"
    avector_store_file_delete = "avector_store_file_delete"
    create_video = "create_video"
    acreate_video = "acreate_video"
    avideo_retrieve = "avideo_retrieve"
    video_retrieve = "video_retrieve"
    avideo_content = "avideo_content"
    video_content = "video_content"
    video_list = "video_list"
    avideo_list = "avideo_list"
    video_remix = "video_remix"
    avideo_remix = "avideo_remix"
    create_container = "create_container"
    acreate_container = "acreate_container"
    list_containers = "list_containers"
    alist_containers = "alist_containers"
    retrieve_container = "retrieve_container"
    aretrieve_container = "aretrieve_container"
    delete_container = "delete_container"
    adelete_container = "adelete_container"
    create_skill = "create_skill"
    acreate_skill = "acreate_skill"
    list_skills = "list_skills"
    alist_skills = "alist_skills"
    get_skill = "get_skill"
    aget_skill = "aget_skill"
    delete_skill = "delete_skill"
    adelete_skill = "adelete_skill"
    call_mcp_tool = "call_mcp_tool"
    pass_through = "pass_through_endpoint"
    allm_passthrough_route = "allm_passthrough_route"
    llm_passthrough_route = "llm_passthrough_route"
    arealtime = "_arealtime"
    asend_message = "asend_message"
    send_message = "send_message"


CallTypesLiteral = Literal[
    "completion",
    "acompletion",
    "text_completion",
    "atext_completion",
    "embedding",
    "aembedding",
    "image_generation",
    "aimage_generation",
    "image_edit",
    "aimage_edit",
    "image_variation",
    "aimage_variation",
    "moderation",
    "amoderation",
    "transcription",
    "atranscription",
    "speech",
    "aspeech",
    "rerank",
    "arerank",
    "search",
    "asearch",
    "ocr",
    "aocr",
    "responses",
    "aresponses",
    "get_responses",
    "aget_responses",
    "delete_responses",
    "adelete_responses",
    "cancel_responses",
    "acancel_responses",
    "list_input_items",
    "alist_input_items",
    "compact_responses",
    "acompact_responses",
    "anthropic_messages",
    "generate_content",
    "agenerate_content",
    "generate_content_stream",
    "agenerate_content_stream",
    "create_batch",
    "acreate_batch",
    "retrieve_batch",
    "aretrieve_batch",
    "list_batches",
    "alist_batches",
    "cancel_batch",
    "acancel_batch",
    "create_file",
    "acreate_file",
    "file_retrieve",
    "afile_retrieve",
    "file_list",
    "afile_list",
    "file_delete",
    "afile_delete",
    "file_content",
    "afile_content",
    "create_fine_tuning_job",
    "acreate_fine_tuning_job",
    "cancel_fine_tuning_job",
    "acancel_fine_tuning_job",
    "list_fine_tuning_jobs",
    "alist_fine_tuning_jobs",
    "retrieve_fine_tuning_job",
    "aretrieve_fine_tuning_job",
    "create_assistants",
    "acreate_assistants",
    "get_assistants",
    "aget_assistants",
    "delete_assistant",
    "adelete_assistant",
    "create_thread",
    "acreate_thread",
    "get_thread",
    "aget_thread",
    "add_message",
    "a_add_message",
    "get_messages",
    "aget_messages",
    "run_thread",
    "arun_thread",
    "run_thread_stream",
    "arun_thread_stream",
    "vector_store_create",
    "avector_store_create",
    "vector_store_search",
    "avector_store_search",
    "vector_store_file_create",
    "avector_store_file_create",
    "vector_store_file_list",
    "avector_store_file_list",
    "vector_store_file_retrieve",
    "avector_store_file_retrieve",
    "vector_store_file_content",
    "avector_store_file_content",
    "vector_store_file_update",
    "avector_store_file_update",
    "vector_store_file_delete",
    "avector_store_file_delete",
    "create_video",
    "acreate_video",
    "avideo_retrieve",
    "video_retrieve",
    "avideo_content",
    "video_content",
    "video_list",
    "avideo_list",
    "video_remix",
    "avideo_remix",
    "create_container",
    "acreate_container",
    "list_containers",
    "alist_containers",
    "retrieve_container",
    "aretrieve_container",
    "delete_container",
    "adelete_container",
    "create_skill",
    "acreate_skill",
    "list_skills",
    "alist_skills",
    "get_skill",
    "aget_skill",
    "delete_skill",
    "adelete_skill",
    "call_mcp_tool",
    "pass_through_endpoint",
    "allm_passthrough_route",
    "llm_passthrough_route",
    "_arealtime",
    "asend_message",
    "send_message",
]
