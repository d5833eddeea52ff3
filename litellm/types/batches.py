"""Batch and fine-tuning jobs (https://platform.openai.com/docs/api-reference/batch/object, .../fine-tuning/object)."""

from __future__ import annotations

from typing import Any

import msgspec

from litellm.types.mixin import Model, unset
from litellm.types.stamps import now


class BatchRequestCounts(Model):
    """How the requests of a batch fared."""

    completed: int = 0
    failed: int = 0
    total: int = 0


class BatchUsage(Model):
    """Tokens of all requests of a batch."""

    input_tokens: int = 0
    output_tokens: int = 0
    total_tokens: int = 0
    input_tokens_details: dict[str, Any] | None = unset()
    output_tokens_details: dict[str, Any] | None = unset()


class LiteLLMBatch(Model):
    """A batch job; times are seconds since 1970, absent until they happen."""

    id: str = ""
    completion_window: str | None = "24h"
    created_at: int = msgspec.field(default_factory=now)
    endpoint: str | None = None
    input_file_id: str | None = None
    object: str = "batch"
    status: str = "validating"
    cancelled_at: int | None = unset()
    cancelling_at: int | None = unset()
    completed_at: int | None = unset()
    error_file_id: str | None = unset()
    errors: dict[str, Any] | None = unset()
    expired_at: int | None = unset()
    expires_at: int | None = unset()
    failed_at: int | None = unset()
    finalizing_at: int | None = unset()
    in_progress_at: int | None = unset()
    metadata: dict[str, Any] | None = unset()
    model: str | None = unset()
    output_file_id: str | None = unset()
    request_counts: BatchRequestCounts | None = unset()
    usage: BatchUsage | None = unset()


Batch = LiteLLMBatch


class BatchList(Model):
    """A page of batch jobs."""

    data: list[LiteLLMBatch] = msgspec.field(default_factory=list)
    object: str = "list"
    has_more: bool = False
    first_id: str | None = unset()
    last_id: str | None = unset()


class LiteLLMFineTuningJob(Model):
    """A fine-tuning job; times are seconds since 1970."""

    id: str = ""
    created_at: int = msgspec.field(default_factory=now)
    model: str | None = None
    object: str = "fine_tuning.job"
    status: str = "validating_files"
    training_file: str | None = None
    error: dict[str, Any] | None = unset()
    estimated_finish: int | None = unset()
    fine_tuned_model: str | None = unset()
    finished_at: int | None = unset()
    hyperparameters: dict[str, Any] | None = unset()
    integrations: list[dict[str, Any]] | None = unset()
    metadata: dict[str, Any] | None = unset()
    method: dict[str, Any] | None = unset()
    organization_id: str | None = unset()
    result_files: list[str] | None = unset()
    seed: int | None = unset()
    trained_tokens: int | None = unset()
    user_provided_suffix: str | None = unset()
    validation_file: str | None = unset()
