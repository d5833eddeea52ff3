"""The public names that exist and do not work yet. The list only shrinks; using one says what to use instead.

A module that will be the home of such a name takes it from here until then: `from litellm._not_yet import rerank`.
"""

from collections.abc import Callable, Iterable
from typing import Any, NoReturn

_OWN_CLIENT = "the provider's own client"
_CHAT = "litellm.completion"


def _all(alternative: str, names: str) -> dict[str, str]:
    return {name: alternative for name in names.split()}


# name -> what to use until it is here
NOT_YET: dict[str, str] = {
    **_all(_CHAT, "responses responses_with_retries anthropic.messages.create anthropic_messages_handler"),
    **_all("litellm.acompletion", "aresponses aresponses_with_retries anthropic.messages.acreate anthropic_messages"),
    **_all(_CHAT, "google_genai.generate_content google_genai.generate_content_stream"),
    **_all("litellm.acompletion", "google_genai.agenerate_content google_genai.agenerate_content_stream"),
    **_all(
        _OWN_CLIENT,
        """get_responses aget_responses delete_responses adelete_responses cancel_responses acancel_responses
        list_input_items alist_input_items compact_responses acompact_responses
        image_generation aimage_generation image_edit aimage_edit image_variation aimage_variation
        transcription atranscription speech aspeech rerank arerank
        create_batch acreate_batch retrieve_batch aretrieve_batch list_batches alist_batches cancel_batch acancel_batch
        create_file acreate_file file_retrieve afile_retrieve file_list afile_list file_delete afile_delete
        file_content afile_content
        create_fine_tuning_job acreate_fine_tuning_job cancel_fine_tuning_job acancel_fine_tuning_job
        list_fine_tuning_jobs alist_fine_tuning_jobs retrieve_fine_tuning_job aretrieve_fine_tuning_job
        create_assistants acreate_assistants get_assistants aget_assistants delete_assistant adelete_assistant
        create_thread acreate_thread get_thread aget_thread add_message a_add_message get_messages aget_messages
        run_thread arun_thread run_thread_stream arun_thread_stream
        vector_store_create avector_store_create vector_store_search avector_store_search
        vector_store_file_create avector_store_file_create
        search asearch ocr aocr
        video_generation avideo_generation video_content avideo_content video_status avideo_status video_list
        avideo_list video_remix avideo_remix video_edit avideo_edit video_extension avideo_extension
        arealtime_calls acreate_realtime_client_secret
        create_container acreate_container list_containers alist_containers retrieve_container aretrieve_container
        delete_container adelete_container create_skill acreate_skill list_skills alist_skills get_skill aget_skill
        delete_skill adelete_skill create_eval acreate_eval llm_passthrough_route allm_passthrough_route
        acount_tokens arun_code acreate_sandbox ahealth_check""",
    ),
    **_all(
        "a litellm.integrations.custom_logger.CustomLogger of your own",
        "integrations.opik.opik.OpikLogger integrations.mlflow.MlflowLogger",
    ),
    **_all("a cache in front of your own calls", "Cache enable_cache disable_cache update_cache"),
    **_all("messages that are already in the model's form", "register_prompt_template compress acompress"),
    **_all("litellm.CustomLLM and litellm.custom_provider_map", "adapter_completion aadapter_completion"),
    **_all("litellm.completion(..., fallbacks=[...])", "completion_with_fallbacks acompletion_with_fallbacks"),
    "CustomGuardrail": "litellm.pre_call_rules and litellm.post_call_rules",
    "CustomPromptManagement": "your own code around litellm.completion",
}
NAMES = tuple(NOT_YET)
_CLASSES = frozenset({"Cache", "CustomGuardrail", "CustomPromptManagement"})
_COROUTINES = frozenset({"anthropic_messages"})


def refuse(name: str) -> NoReturn:
    """Say that a public name does not work yet, and what does."""
    raise NotImplementedError(f"litellm.{name} is not available in this version yet; use {NOT_YET[name]}")


def __getattr__(name: str) -> Any:
    if name not in NOT_YET:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return stand_in(name)


def stand_in(name: str) -> Any:
    """What stands under a name of the list: a function, a coroutine function or a class, which refuses."""
    if name in _CLASSES:
        return not_yet_class(name)
    return not_yet_async(name) if is_async(name) else not_yet(name)


def is_async(name: str) -> bool:
    """Whether a name of the list is that of a coroutine function: `a` and the name of another, or said so."""
    path, _, last = name.rpartition(".")
    other = f"{path}.{last[1:]}" if path else last[1:]
    return (
        last.startswith(("a_", "acreate", "arun", "arealtime", "ahealth", "acount"))
        or name in _COROUTINES
        or (last.startswith("a") and other in NOT_YET)
    )


def not_yet(name: str) -> Callable[..., Any]:
    """A function of this name that refuses."""

    def function(*args: Any, **kwargs: Any) -> Any:
        refuse(name)

    return _named(function, name)


def not_yet_async(name: str) -> Callable[..., Any]:
    """A coroutine function of this name that refuses."""

    async def function(*args: Any, **kwargs: Any) -> Any:
        refuse(name)

    return _named(function, name)


def _named(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    function.__name__ = function.__qualname__ = name.rpartition(".")[2]
    function.__doc__ = _about(name)
    return function


def _about(name: str) -> str:
    return f"Not available yet; use {NOT_YET[name]}."


def not_yet_class(name: str, bases: Iterable[type[Any]] = (), **body: Any) -> type[Any]:
    """A class of this name that refuses to be made."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        refuse(name)

    members = {"__init__": __init__, "__doc__": _about(name), "__module__": __name__, **body}
    return type(name.rpartition(".")[2], tuple(bases), members)
