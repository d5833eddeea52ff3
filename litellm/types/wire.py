"""Builds models from JSON: the constructor, `build` for data already parsed, `decode` for bytes.

Decoding is typed and strict first. Unknown fields send it to `build`, which keeps them, and teach the class's decoder
those names, so that a vendor's own fields cost nothing from the second answer on. Knows no field of any model.
"""

from __future__ import annotations

import types
import typing
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec
from msgspec import UNSET, StructMeta

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from litellm.types.mixin import Model

JSON = dict[str, Any]
M = TypeVar("M", bound="Model")

#: Names that live on an object but never in JSON, in either direction.
PRIVATE = frozenset({"_hidden_params", "_response_ms", "_response_headers", "_reserved"})
#: Extras whose names would hide a method (`items`, `copy`) live in this instance attribute instead.
RESERVED = "_reserved"
#: A hostile upstream could send a new name with every answer; past this many a class learns no more.
MOST_LEARNED = 32

_raw_new = StructMeta.__call__
_parse = msgspec.json.Decoder().decode


def unset() -> Any:
    """The default of a field that is absent until given: it reads as None and is left out of JSON."""
    return UNSET


class Nested(NamedTuple):
    """A field that holds a model, or with `many` a list of models."""

    name: str
    model: type[Model]
    many: bool


class Shape(NamedTuple):
    """What building and dumping need to know of one class."""

    fields: frozenset[str]
    nested: tuple[Nested, ...]


_SHAPES: dict[type[Model], Shape] = {}
_DECODERS: dict[type[Model], LearningDecoder[Any]] = {}


class ModelMeta(StructMeta):
    """Makes optional fields read as None while absent, and the constructor take dicts and unknown arguments."""

    _slots: dict[str, Any]

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: JSON, **config: Any) -> ModelMeta:
        """Create the class, then wrap the fields whose default is UNSET."""
        cls = super().__new__(mcls, name, bases, namespace, **config)
        slots = dict(getattr(cls, "_slots", {}))
        own = vars(cls)
        slots.update({field: own[field] for field in cls.__struct_fields__ if type(own.get(field)) is _Member})
        cls._slots = slots
        defaults = cls.__struct_defaults__
        for field, default in zip(cls.__struct_fields__[-len(defaults) or len(slots) :], defaults, strict=True):
            if default is UNSET and type(own.get(field)) is _Member:
                setattr(cls, field, _none_while_unset(own[field]))
        return cls

    if not TYPE_CHECKING:

        def __call__(cls, *args: Any, **given: Any) -> Any:
            """Construct from arguments in the order of the fields, keywords, dicts for models and unknown names."""
            if args:
                given = _with_positional(cls, args, given)
            for name in cls._absent_when_none:
                if given.get(name, given) is None:
                    del given[name]
            return build(cls, given if cls._prepare is None else cls._prepare(given))


class _Probe(msgspec.Struct):
    field: int


_Member = type(vars(_Probe)["field"])


def _none_while_unset(member: Any) -> property:
    get = member.__get__

    def read(self: Any) -> Any:
        value = get(self)
        return None if value is UNSET else value

    def forget(self: Any) -> None:
        member.__set__(self, UNSET)

    return property(read, member.__set__, forget)


def _with_positional(cls: ModelMeta, args: tuple[Any, ...], given: JSON) -> JSON:
    names = cls.__struct_fields__
    if len(args) > len(names):
        raise TypeError(f"{cls.__name__} takes at most {len(names)} positional arguments, got {len(args)}")
    positional = dict(zip(names, args, strict=False))
    if twice := positional.keys() & given.keys():
        raise TypeError(f"{cls.__name__} got {sorted(twice)} twice, by position and by name")
    return positional | given


def shape(cls: type[Model]) -> Shape:
    """The fields of `cls` and which of them hold models; read from its annotations once."""
    known = _SHAPES.get(cls)
    if known is None:
        hints = typing.get_type_hints(cls)
        found = ((name, _model_in(hints[name])) for name in cls.__struct_fields__)
        nested = tuple(Nested(name, *hit) for name, hit in found if hit)
        known = _SHAPES[cls] = Shape(frozenset(cls.__struct_fields__), nested)
    return known


def _model_in(hint: Any) -> tuple[type[Model], bool] | None:
    if isinstance(hint, ModelMeta):
        return typing.cast("type[Model]", hint), False
    many = typing.get_origin(hint) is list
    if not many and typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return None
    hits = [hit for hit in map(_model_in, typing.get_args(hint)) if hit]
    return (hits[0][0], many or hits[0][1]) if hits else None


def coerce(value: Any, model: type[M]) -> Any:
    """A `model` from a mapping or another library's model; anything else, models included, as it is."""
    if isinstance(value, dict):
        return build(model._pick(value), dict(value))
    if isinstance(type(value), ModelMeta) or not hasattr(value, "model_dump"):
        return value
    dumped = value.model_dump(exclude_unset=True)
    return build(model._pick(dumped), dumped)


def build(cls: type[M], data: JSON) -> M:
    """An instance of `cls` from `data`, which is taken over; nested dicts become models, unknown names are kept."""
    fields, nested = _SHAPES.get(cls) or shape(cls)
    for name, model, many in nested:
        value = data.get(name)
        if value is None or value is UNSET:
            continue
        if not many:
            if type(type(value)) is not ModelMeta:
                data[name] = coerce(value, model)
        elif isinstance(value, (list, tuple)):
            data[name] = [item if type(type(item)) is ModelMeta else coerce(item, model) for item in value]
    if fields.issuperset(data):
        return typing.cast("M", _raw_new(cls, **data))
    extra = {name: data.pop(name) for name in list(data) if name not in fields}
    made = typing.cast("M", _raw_new(cls, **data))
    keep_extra(made, extra)
    return made


def keep_extra(obj: Model, extra: JSON) -> None:
    """Store unknown fields on `obj`; names that would hide a method are reachable by key only."""
    held = obj.__dict__
    for name, value in extra.items():
        if name in PRIVATE:
            continue
        if hasattr(type(obj), name) or not isinstance(name, str):
            held.setdefault(RESERVED, {})[name] = value
        else:
            held[name] = value


def from_wire(cls: type[M], data: Any) -> M:
    """An instance from parsed JSON that came from outside: private names are dropped, the caller's dict is kept."""
    if not isinstance(data, dict):
        raise msgspec.ValidationError(f"Expected a JSON object for {cls.__name__}, got {type(data).__name__}")
    return build(cls._pick(data), {name: value for name, value in data.items() if name not in PRIVATE})


def decode(cls: type[M], raw: bytes | str) -> M:
    """An instance of `cls` from JSON bytes, unknown fields kept at every level.

    Raises `msgspec.DecodeError` when `raw` is not JSON, `msgspec.ValidationError` when it is no object.
    Example: `decode(ModelResponse, response.body)`.
    """
    decoder = _DECODERS.get(cls)
    if decoder is None:
        decoder = _DECODERS[cls] = LearningDecoder(cls)
    try:
        return decoder.strict(raw)  # type: ignore[no-any-return]
    except msgspec.ValidationError:
        return decoder.lenient(raw)  # type: ignore[no-any-return]


class LearningDecoder(typing.Generic[M]):
    """Decodes one class strictly; adds the unknown names it has met, per class, to what strict means."""

    __slots__ = ("_cls", "_learned", "strict")

    def __init__(self, cls: type[M]) -> None:
        self._cls = cls
        self._learned: dict[type[Model], tuple[str, ...]] = {}
        self.strict: Callable[[bytes | str], M] = (
            self._by_dict if _polymorphic(cls) else msgspec.json.Decoder(cls).decode
        )

    def _by_dict(self, raw: bytes | str) -> M:
        return from_wire(self._cls, _parse(raw))

    def lenient(self, raw: bytes | str) -> M:
        """Decode by way of a dict; from then on the names met are known."""
        made = self._by_dict(raw)
        if self._learn(made):
            self.strict = msgspec.json.Decoder(_twin(self._cls, self._learned, {})).decode
        return made

    def _learn(self, made: Model) -> bool:
        learned = self._learned.copy()
        for node in _nodes(made):
            cls = type(node)
            known = learned.get(cls, ())
            new = [name for name in vars(node) if name not in known and _learnable(cls, name)]
            if new and len(known) + len(new) <= MOST_LEARNED:
                learned[cls] = (*known, *new)
        changed, self._learned = learned != self._learned, learned
        return changed


def _learnable(cls: type[Model], name: str) -> bool:
    return name.isidentifier() and not iskeyword(name) and not name.startswith("_") and not hasattr(cls, name)


def _nodes(obj: Model) -> Iterator[Model]:
    yield obj
    for name, _, many in shape(type(obj)).nested:
        value = getattr(obj, name)
        for item in value if many and isinstance(value, list) else (value,):
            if type(type(item)) is ModelMeta:
                yield from _nodes(item)


def _polymorphic(cls: type[Model], seen: tuple[type[Model], ...] = ()) -> bool:
    """Whether the class of some part depends on its data, which a typed decoder cannot follow."""
    if cls in seen:
        return False
    return bool(vars(cls).get("_kinds")) or any(_polymorphic(part.model, (*seen, cls)) for part in shape(cls).nested)


def _twin(cls: type[Model], learned: dict[type[Model], tuple[str, ...]], made: dict[type[Model], Any]) -> Any:
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
    space: JSON = {name: _default(cls, name) for name in annotations}
    space |= dict.fromkeys(names, UNSET)
    space["__annotations__"] = annotations | dict.fromkeys(names, Any)
    space |= {"__module__": cls.__module__, "__qualname__": cls.__qualname__}
    twin: Any = ModelMeta(cls.__name__, (cls,), space)
    twin._public = cls
    for name in names:
        setattr(twin, name, _missing_while_unset(name, twin._slots[name]))
    made[cls] = twin
    return twin


def _default(cls: type[Model], name: str) -> Any:
    field = next(field for field in msgspec.structs.fields(cls) if field.name == name)
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.field(default_factory=field.default_factory)
    return field.default


def _swap(hint: Any, parts: dict[type[Model], Any]) -> Any:
    if isinstance(hint, ModelMeta):
        return parts.get(typing.cast("type[Model]", hint), hint)
    inner = tuple(_swap(arg, parts) for arg in typing.get_args(hint))
    if typing.get_origin(hint) is list:
        return list[inner[0]]  # type: ignore[valid-type]
    return typing.Union[inner] if inner else hint


def _missing_while_unset(name: str, member: Any) -> property:
    def read(self: Any) -> Any:
        value = member.__get__(self)
        if value is UNSET:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return value

    def forget(self: Any) -> None:
        member.__set__(self, UNSET)

    return property(read, member.__set__, forget)
