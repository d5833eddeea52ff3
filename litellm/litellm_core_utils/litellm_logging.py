"""What packages reach for in LiteLLM 1.x's logging module; records themselves are made in `litellm.integrations`."""

from typing import Any


def _extract_response_obj_and_hidden_params(
    init_response_obj: Any, original_exception: BaseException | None = None
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """A response as a dict, and its hidden params; an exception has its response's headers for those.

    Nothing here calls it: packages replace it by assignment.
    """
    if init_response_obj is not None and hasattr(init_response_obj, "model_dump"):
        return init_response_obj.model_dump(), getattr(init_response_obj, "_hidden_params", None)
    if isinstance(init_response_obj, dict):
        return init_response_obj, None
    headers = getattr(original_exception, "litellm_response_headers", None)
    return {}, {"additional_headers": dict(headers)} if headers else None
