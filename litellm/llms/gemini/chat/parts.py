"""The parts of one candidate's content as fields of an OpenAI message, for whole answers and for chunks alike.

Source: https://ai.google.dev/api/caching#Part
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from litellm.llms.gemini.chat.signatures import signed_id
from litellm.types.chat import ChatCompletionAudioResponse, Function
from litellm.types.stamps import now, uuid4

# Gemini keeps no audio, so that the answer's audio can be referred to as long as the caller keeps it: a day is said.
_AUDIO_KEPT_SECONDS = 24 * 3600
_CODE = ("executableCode", "codeExecutionResult", "toolCall", "toolResponse")


class Said(msgspec.Struct):
    """What the parts of one content say, by kind, in the order in which they came."""

    text: str = ""
    thought: str = ""
    thinking: list[dict[str, Any]] = []
    calls: list[dict[str, Any]] = []
    images: list[dict[str, Any]] = []
    audio: ChatCompletionAudioResponse | None = None
    signatures: list[str] = []
    code: list[dict[str, Any]] = []

    def fields(self) -> dict[str, Any]:
        """The fields of a `Message` or `Delta`, but for its text, thinking and tool calls: those differ."""
        found: dict[str, Any] = {}
        if self.images:
            found["images"] = self.images
        if self.audio:
            found["audio"] = self.audio
        own: dict[str, Any] = {}
        if self.signatures:
            own["thought_signatures"] = self.signatures
        if self.code:
            own["code_execution"] = self.code
        if own:
            found["provider_specific_fields"] = own
        if self.thought:
            found["reasoning_content"] = self.thought
        return found


def read_parts(parts: Sequence[dict[str, Any]], *, calls_before: int = 0, images_before: int = 0) -> Said:
    """What these parts say; tool calls and images are numbered on from those of earlier chunks."""
    said = Said()
    for part in parts:
        signature = part.get("thoughtSignature")
        call = part.get("functionCall")
        if call is not None:
            said.calls.append(_tool_call(call, signature, calls_before + len(said.calls)))
        elif part.get("thought"):
            _add_thought(said, part.get("text") or "", signature)
        elif "inlineData" in part:
            _add_data(said, part["inlineData"], images_before)
            _sign(said, signature)
        elif any(name in part for name in _CODE):
            said.code.append(part)
        else:
            said.text += part.get("text") or ""
            _sign(said, signature)
    return said


def _sign(said: Said, signature: str | None) -> None:
    if signature:
        said.signatures.append(signature)


def _add_thought(said: Said, text: str, signature: str | None) -> None:
    said.thought += text
    block = {"type": "thinking", "thinking": text}
    said.thinking.append({**block, "signature": signature} if signature else block)


def _add_data(said: Said, data: dict[str, Any], images_before: int) -> None:
    mime, content = data.get("mimeType") or "", data.get("data") or ""
    if mime.startswith("audio/"):
        before = said.audio.data or "" if said.audio else ""
        said.audio = ChatCompletionAudioResponse(
            id=f"audio_{uuid4()}", data=before + content, expires_at=now() + _AUDIO_KEPT_SECONDS, transcript=""
        )
        return
    url = {"url": f"data:{mime};base64,{content}", "detail": "auto"}
    said.images.append({"type": "image_url", "image_url": url, "index": images_before + len(said.images)})


def _tool_call(call: dict[str, Any], signature: str | None, index: int) -> dict[str, Any]:
    """A tool call as OpenAI has it; Gemini seldom names its calls, so that they get ids here."""
    arguments = msgspec.json.encode(call.get("args") or {}).decode()
    made: dict[str, Any] = {
        "id": signed_id(call.get("id") or f"call_{uuid4().replace('-', '')[:28]}", signature),
        "type": "function",
        "index": index,
        "function": Function(name=call.get("name"), arguments=arguments),
    }
    return {**made, "provider_specific_fields": {"thought_signature": signature}} if signature else made
