"""Bytes to models. Typed and strict first; what strict refuses is built from a dict, unknown fields kept.

The names met that way are learned: from then on the class's decoder declares them, on a subclass under the same name,
so that a vendor's own fields cost nothing from the second answer on.
"""

from __future__ import annotations

import types
import typing
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Generic

import msgspec
from msgspec import UNSET

from litellm.types.wire import JSON, PRIVATE, Buildable, M, ModelMeta, build, read_as, shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: A hostile upstream could send a new name with every answer; a class that met this many learns no more.
MOST_LEARNED = 32

_parse = msgspec.json.Decoder().decode
_DECODERS: dict[type[Buildable], Decoder[Any]] = {}


def decode(cls: type[M], raw: bytes | str) -> M:
    """An instance of `cls` from JSON, unknown fields kept at every level.

    Raises `msgspec.DecodeError` when `raw` is not JSON, `msgspec.ValidationError` when it is no object.
    Example: `decode(ModelResponse, response.body)`.
    """
    known = _DECODERS.get(cls) or decoder(cls)
    try:
        return known.strict(raw)  # type: ignore[no-any-return]
    except msgspec.ValidationError:
        return known.lenient(_parse(raw))  # type: ignore[no-any-return]


def from_wire(cls: type[M], data: Any) -> M:
    """An instance of `cls` from parsed JSON, which is not changed.

    Raises `msgspec.ValidationError` when `data` is no dict.
    """
    known = _DECODERS.get(cls) or decoder(cls)
    if known.typed:
        try:
            return msgspec.convert(data, known.target)  # type: ignore[no-any-return]
        except msgspec.ValidationError:
            pass
    return known.lenient(data)  # type: ignore[no-any-return]


def decoder(cls: type[M]) -> Decoder[M]:
    """The decoder of `cls`, made once."""
    return _DECODERS.setdefault(cls, Decoder(cls))


class Decoder(Generic[M]):
    """Decodes one class; strict means its fields and, per class, the unknown names met so far."""

    __slots__ = ("_cls", "_learned", "strict", "target", "typed")

    def __init__(self, cls: type[M]) -> None:
        self._cls = cls
        self._learned: dict[type[Buildable], tuple[str, ...]] = {}
        self.typed: bool = shape(cls).typed
        self.target: Any = cls
        self.strict: Callable[[bytes | str], M] = msgspec.json.Decoder(cls).decode if self.typed else self._by_dict

    def _by_dict(self, raw: bytes | str) -> M:
        return self.lenient(_parse(raw))

    def lenient(self, data: Any) -> M:
        """Build from parsed JSON; from then on the names met are known."""
        if not isinstance(data, dict):
            raise msgspec.ValidationError(f"Expected a JSON object for {self._cls.__name__}, got {data!r:.80}")
        public = {name: value for name, value in data.items() if name not in PRIVATE}
        made = build(self._cls._pick(public), public)
        if self.typed and self._learn(made):
            self.target = _twin(self._cls, self._learned, {})
            self.strict = msgspec.json.Decoder(self.target).decode
        return made

    def _learn(self, made: Buildable) -> bool:
        learned = self._learned.copy()
        for node in nodes(made):
            cls = node._public or type(node)
            known = learned.get(cls, ())
            new = tuple(name for name in vars(node) if name not in known and _learnable(cls, name))
            if new and len(known) + len(new) <= MOST_LEARNED:
                learned[cls] = known + new
        changed, self._learned = learned != self._learned, learned
        return changed


def _learnable(cls: type[Buildable], name: str) -> bool:
    return name.isidentifier() and not iskeyword(name) and not name.startswith("_") and not hasattr(cls, name)


def nodes(obj: Buildable) -> Iterator[Buildable]:
    """`obj` and every model in its fields, parents first."""
    yield obj
    for name, _, many in shape(type(obj)).nested:
        value = getattr(obj, name)
        for item in value if many and isinstance(value, list) else (value,):
            if type(type(item)) is ModelMeta:
                yield from nodes(item)


def _twin(
    cls: type[Buildable], learned: dict[type[Buildable], tuple[str, ...]], made: dict[type[Buildable], Any]
) -> Any:
    """`cls`, or a subclass under its name that also declares the learned fields of it and of its parts."""
    if cls in made:
        return made[cls]
    made[cls] = cls
    parts = {part.model: _twin(part.model, learned, made) for part in shape(cls).nested}
    changed = {part.name for part in shape(cls).nested if parts[part.model] is not part.model}
    names = learned.get(cls, ())
    if not changed and not names:
        return cls
    hints = typing.get_type_hints(cls)
    annotations = {name: _swap(hints[name], parts) for name in cls.__struct_fields__ if name in changed}
    space: JSON = {field.name: _default(field) for field in msgspec.structs.fields(cls) if field.name in changed}
    space |= dict.fromkeys(names, UNSET)
    space |= {"__annotations__": annotations | dict.fromkeys(names, Any), "_public": cls}
    space |= {"__module__": cls.__module__, "__qualname__": cls.__qualname__, "__doc__": cls.__doc__}
    twin: Any = ModelMeta(cls.__name__, (cls,), space)
    for name in names:
        setattr(twin, name, read_as(twin._slots[name], AttributeError))
    made[cls] = twin
    return twin


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.field(default_factory=field.default_factory)
    return field.default


def _swap(hint: Any, parts: dict[type[Buildable], Any]) -> Any:
    if isinstance(hint, ModelMeta):
        return parts.get(typing.cast("type[Buildable]", hint), hint)
    inner = tuple(_swap(arg, parts) for arg in typing.get_args(hint))
    if typing.get_origin(hint) is list:
        return types.GenericAlias(list, inner)
    return typing.Union[inner] if typing.get_origin(hint) in (typing.Union, types.UnionType) else hint  # noqa: UP007
