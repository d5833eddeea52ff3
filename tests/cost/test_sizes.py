"""Models that nobody listed, priced by the size in their name."""

import pytest

from litellm.cost.sizes import bucket_key


@pytest.mark.parametrize(
    ("model", "provider", "key"),
    [
        ("together_ai/org/Thing-3B", "together_ai", "together-ai-up-to-4b"),
        ("org/Thing-7b-chat", "together_ai", "together-ai-4.1b-8b"),
        ("org/Thing-13B", "together_ai", "together-ai-8.1b-21b"),
        ("org/Thing-8x7B-Instruct", "together_ai", "together-ai-41.1b-80b"),
        ("org/Thing-405B", "together_ai", None),
        ("org/Thing", "together_ai", None),
        ("thing-3b", "fireworks_ai", "fireworks-ai-up-to-4b"),
        ("thing-1.5b", "fireworks_ai", "fireworks-ai-up-to-4b"),
        ("thing-13b", "fireworks_ai", "fireworks-ai-4.1b-to-16b"),
        ("thing-70b", "fireworks_ai", "fireworks-ai-above-16b"),
        ("thing-8x7b", "fireworks_ai", "fireworks-ai-moe-up-to-56b"),
        ("thing-8x22b", "fireworks_ai", "fireworks-ai-56b-to-176b"),
        ("thing", "fireworks_ai", "fireworks-ai-default"),
        ("thing-70b", "openai", None),
    ],
)
def test_the_size_class_is_read_off_the_name(model: str, provider: str, key: str | None) -> None:
    assert bucket_key(model, provider) == key


def test_embeddings_have_classes_of_their_own() -> None:
    assert bucket_key("org/embed-137m", "together_ai", embedding=True) == "together-ai-embedding-up-to-150m"
    assert bucket_key("embed-335m", "fireworks_ai", embedding=True) == "fireworks-ai-embedding-150m-to-350m"
