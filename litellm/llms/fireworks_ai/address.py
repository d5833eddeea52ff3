"""How Fireworks names models (https://docs.fireworks.ai/getting-started/concepts): an account's path, ours its own."""

_SERVERLESS = "accounts/fireworks/models/"


def full_name(model: str) -> str:
    """The model's whole name; a short one is a model of Fireworks' own account.

    >>> full_name("llama-v3p3-70b-instruct")
    'accounts/fireworks/models/llama-v3p3-70b-instruct'
    """
    return model if "/" in model else _SERVERLESS + model
