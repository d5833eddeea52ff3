"""The functions of OpenAI's Responses API."""

from litellm._not_yet import (
    acancel_responses,
    adelete_responses,
    aget_responses,
    alist_input_items,
    aresponses,
    aresponses_with_retries,
    cancel_responses,
    delete_responses,
    get_responses,
    list_input_items,
    responses,
    responses_with_retries,
)

__all__ = [
    "acancel_responses",
    "adelete_responses",
    "aget_responses",
    "alist_input_items",
    "aresponses",
    "aresponses_with_retries",
    "cancel_responses",
    "delete_responses",
    "get_responses",
    "list_input_items",
    "responses",
    "responses_with_retries",
]
