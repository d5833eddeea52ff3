"""Writes the documentation's table of OpenAI-compatible vendors from their rows: `python scripts/provider_table.py`.

`--check` writes nothing and fails when the page is not what the rows say.
"""

import sys
from pathlib import Path

from litellm.llms.openai_like.providers import PROVIDERS
from litellm.llms.registry import PACKAGES

PAGE = Path(__file__).parent.parent / "docs/my-website/docs/providers/openai_compatible.md"

HEAD = """# OpenAI-compatible providers

Every provider of this page speaks OpenAI's chat format. Write the model as `provider/model`, set the key, and call:

```python
import litellm

litellm.completion(model="cerebras/llama3.1-8b", messages=[{"role": "user", "content": "Hi"}])
```

The key is `api_key=…`, else `litellm.<provider>_key`, else `litellm.api_key`, else the first of the variables below
that is set. The address is `api_base=…`, else the variable, else the default. A server that has no name here is
reached as `custom_openai/model` with `api_base=…`, or as `openai/model` with `api_base=…`.

Parameters that a provider does not take are refused with an error that names them; `drop_params=True` drops them. What
OpenAI does not know goes to the provider as it is.

✓ means that published documentation (the provider's page, or a registry or an SDK that cites it) confirmed address,
sign-in and path when the row was written. The others are as LiteLLM 1.x has them. ⚙ marks a provider whose adapter does
more than rename parameters.

| provider | address | key | ✓ |
| --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_line(name) for name in sorted(PROVIDERS))


def _line(name: str) -> str:
    row = PROVIDERS[name]
    own = " ⚙" if name in PACKAGES or row.quirks else ""
    address = f"`{row.base}`" if row.base else "yours"
    if row.base_env:
        address += f" (`{'`, `'.join(row.base_env)}`)"
    key = f"`{'`, `'.join(row.key_env)}`" + ("" if row.key_required else ", optional")
    shown = f"[`{name}`]({row.docs})" if row.docs else f"`{name}`"
    return f"| {shown}{own} | {address} | {key} | {'✓' if row.verified else ''} |\n"


def main() -> int:
    """Write the page, or check it."""
    text = page()
    if "--check" not in sys.argv[1:]:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE} is not what the rows say: run python scripts/provider_table.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
