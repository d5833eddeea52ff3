"""The parts of a chat request (https://platform.openai.com/docs/api-reference/chat/create): messages, tools, files."""

from collections.abc import Iterable
from typing import Any, Literal, Required, TypedDict


class ChatCompletionCachedContent(TypedDict):
    """A mark: the provider may cache the prompt up to here."""

    type: Literal["ephemeral"]


class ChatCompletionThinkingBlock(TypedDict, total=False):
    """A signed piece of thinking, sent back unchanged."""

    type: Required[Literal["thinking"]]
    thinking: str
    signature: str
    cache_control: dict[str, Any] | ChatCompletionCachedContent | None


class ChatCompletionRedactedThinkingBlock(TypedDict, total=False):
    """An encrypted piece of thinking, sent back unchanged."""

    type: Required[Literal["redacted_thinking"]]
    data: str
    cache_control: dict[str, Any] | ChatCompletionCachedContent | None


class ChatCompletionTextObject(TypedDict, total=False):
    """A part of a message that is text."""

    type: Required[Literal["text"]]
    text: Required[str]
    cache_control: ChatCompletionCachedContent


class ChatCompletionImageUrlObject(TypedDict, total=False):
    """Where an image is: an address or a data URL; `format` is its MIME type where the address does not tell."""

    url: Required[str]
    detail: str
    format: str


class ChatCompletionImageObject(TypedDict):
    """A part of a message that is an image."""

    type: Literal["image_url"]
    image_url: str | ChatCompletionImageUrlObject


class ChatCompletionVideoUrlObject(TypedDict, total=False):
    """Where a video is."""

    url: Required[str]
    detail: str


class ChatCompletionVideoObject(TypedDict):
    """A part of a message that is a video."""

    type: Literal["video_url"]
    video_url: str | ChatCompletionVideoUrlObject


class InputAudio(TypedDict):
    """A recording: base64 data and its format, such as "wav"."""

    data: str
    format: str


class ChatCompletionAudioObject(TypedDict):
    """A part of a message that is a recording."""

    type: Literal["input_audio"]
    input_audio: InputAudio


class DocumentObject(TypedDict):
    """A document given inline."""

    type: Literal["text"]
    media_type: str
    data: str


class CitationsObject(TypedDict):
    """Whether the model shall cite the document."""

    enabled: bool


class ChatCompletionDocumentObject(TypedDict, total=False):
    """A part of a message that is a document to cite from."""

    type: Required[Literal["document"]]
    source: Required[DocumentObject]
    title: str
    context: str
    citations: CitationsObject | None


class ChatCompletionFileObjectFile(TypedDict, total=False):
    """A file by its id, or its data as a data URL; `format` is its MIME type."""

    file_data: str
    file_id: str
    filename: str
    format: str


class ChatCompletionFileObject(TypedDict):
    """A part of a message that is a file."""

    type: Literal["file"]
    file: ChatCompletionFileObjectFile


OpenAIMessageContentListBlock = (
    ChatCompletionTextObject
    | ChatCompletionImageObject
    | ChatCompletionAudioObject
    | ChatCompletionDocumentObject
    | ChatCompletionVideoObject
    | ChatCompletionFileObject
)
OpenAIMessageContent = str | Iterable[OpenAIMessageContentListBlock]


class ChatCompletionAnnotationURLCitation(TypedDict, total=False):
    """The page cited, and from which to which character of the answer."""

    start_index: int
    end_index: int
    title: str
    url: str


class ChatCompletionAnnotation(TypedDict, total=False):
    """A note on the answer's text, such as the page it cites."""

    type: Literal["url_citation"]
    url_citation: ChatCompletionAnnotationURLCitation


class ChatCompletionToolCallFunctionChunk(TypedDict, total=False):
    """The function of a tool call; `arguments` is JSON text."""

    name: str | None
    arguments: Required[str]
    provider_specific_fields: dict[str, Any] | None


class ChatCompletionToolCallChunk(TypedDict, total=False):
    """A tool call as the answer, or a chunk of it, gives it."""

    id: Required[str | None]
    type: Required[Literal["function"]]
    function: Required[ChatCompletionToolCallFunctionChunk]
    index: Required[int]
    provider_specific_fields: dict[str, Any] | None


class ChatCompletionDeltaToolCallChunk(TypedDict, total=False):
    """A piece of a tool call."""

    id: str
    type: Literal["function"]
    function: ChatCompletionToolCallFunctionChunk
    index: int


class ChatCompletionAssistantToolCall(TypedDict, total=False):
    """A tool call in an assistant's earlier message."""

    id: Required[str | None]
    type: Required[Literal["function"]]
    function: Required[ChatCompletionToolCallFunctionChunk]


class ChatCompletionUserMessage(TypedDict, total=False):
    """What the user said."""

    role: Required[Literal["user"]]
    content: Required[OpenAIMessageContent]
    name: str
    cache_control: ChatCompletionCachedContent


class ChatCompletionSystemMessage(TypedDict, total=False):
    """Instructions that the conversation rests on."""

    role: Required[Literal["system"]]
    content: Required[str | list[Any]]
    name: str
    cache_control: ChatCompletionCachedContent


class ChatCompletionDeveloperMessage(TypedDict, total=False):
    """Instructions, in the role that newer models call them by."""

    role: Required[Literal["developer"]]
    content: Required[str | list[Any]]
    name: str
    cache_control: ChatCompletionCachedContent


class ChatCompletionAssistantMessage(TypedDict, total=False):
    """What the model said earlier."""

    role: Required[Literal["assistant"]]
    content: str | Iterable[ChatCompletionTextObject | ChatCompletionThinkingBlock] | None
    name: str | None
    tool_calls: list[ChatCompletionAssistantToolCall] | None
    function_call: ChatCompletionToolCallFunctionChunk | None
    reasoning_content: str | None
    thinking_blocks: list[ChatCompletionThinkingBlock | ChatCompletionRedactedThinkingBlock] | None
    reasoning_items: list[dict[str, Any]] | None
    annotations: list[ChatCompletionAnnotation] | None
    prefix: bool | None
    cache_control: ChatCompletionCachedContent


class ChatCompletionToolMessage(TypedDict, total=False):
    """What a tool answered."""

    role: Required[Literal["tool"]]
    content: Required[str | Iterable[OpenAIMessageContentListBlock]]
    tool_call_id: Required[str]
    name: str
    cache_control: ChatCompletionCachedContent


class ChatCompletionFunctionMessage(TypedDict, total=False):
    """What a function answered, in the form that tools replaced."""

    role: Required[Literal["function"]]
    content: Required[str | Iterable[ChatCompletionTextObject] | None]
    name: Required[str]
    tool_call_id: str | None


AllMessageValues = (
    ChatCompletionUserMessage
    | ChatCompletionAssistantMessage
    | ChatCompletionToolMessage
    | ChatCompletionSystemMessage
    | ChatCompletionFunctionMessage
    | ChatCompletionDeveloperMessage
)


class ChatCompletionToolParamFunctionChunk(TypedDict, total=False):
    """A function the model may call; `parameters` is a JSON schema."""

    name: Required[str]
    description: str
    parameters: dict[str, Any]
    strict: bool


class ChatCompletionToolParam(TypedDict, total=False):
    """A tool the model may call."""

    type: Required[Literal["function"] | str]
    function: Required[ChatCompletionToolParamFunctionChunk]
    cache_control: ChatCompletionCachedContent


OpenAIChatCompletionToolParam = ChatCompletionToolParam


class ChatCompletionToolChoiceFunctionParam(TypedDict):
    """The function that must be called."""

    name: str


class ChatCompletionToolChoiceObjectParam(TypedDict):
    """A choice of one function."""

    type: Literal["function"]
    function: ChatCompletionToolChoiceFunctionParam


ChatCompletionToolChoiceStringValues = Literal["none", "auto", "required"]
ChatCompletionToolChoiceValues = ChatCompletionToolChoiceStringValues | ChatCompletionToolChoiceObjectParam


class AnthropicThinkingParam(TypedDict, total=False):
    """Whether to think, and for how many tokens at most."""

    type: Literal["enabled", "adaptive", "disabled"]
    budget_tokens: int


class ChatCompletionAudioParam(TypedDict):
    """The voice and format of a spoken answer."""

    voice: str
    format: str


class ChatCompletionPredictionContentParam(TypedDict):
    """What the answer is expected to say, mostly."""

    type: Literal["content"]
    content: str | list[ChatCompletionTextObject]


class OpenAIWebSearchUserLocationApproximate(TypedDict, total=False):
    """Where the user is, roughly; `country` is ISO 3166, `timezone` IANA."""

    city: str
    country: str
    region: str
    timezone: str


class OpenAIWebSearchUserLocation(TypedDict):
    """Where the user is, for a web search."""

    approximate: OpenAIWebSearchUserLocationApproximate
    type: Literal["approximate"]


class OpenAIWebSearchOptions(TypedDict, total=False):
    """How much a web search reads, and for whom."""

    search_context_size: Literal["low", "medium", "high"] | None
    user_location: OpenAIWebSearchUserLocation | None
