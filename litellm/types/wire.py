"""How models are made: their metaclass, and `build`, which turns parsed JSON into them.

Knows no field of any model; how bytes are decoded is `decoding`'s.
"""

from __future__ import annotations

import types
import typing
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self, TypeVar

import msgspec
from msgspec import UNSET, StructMeta

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

JSON = dict[str, Any]
M = TypeVar("M", bound="Buildable")

#: Extras whose names would hide a method (`items`, `copy`) are held in this instance attribute instead.
RESERVED = "_reserved"
#: Names that live on an object but never in JSON, in either direction.
PRIVATE = frozenset({"_hidden_params", "_response_ms", "_response_headers", RESERVED})

#: `unchecked(cls, **fields)`: the bare constructor, for values known to be right; six times as quick.
unchecked: Any = StructMeta.__call__


def unset() -> Any:
    """The default of a field that is absent until given: it reads as None and is left out of JSON."""
    return UNSET


class Nested(NamedTuple):
    """A field that holds a model, or with `many` a list of models."""

    name: str
    model: type[Buildable]
    many: bool


class Shape(NamedTuple):
    """What building and dumping need to know of one class."""

    fields: frozenset[str]
    nested: tuple[Nested, ...]
    typed: bool
    """Whether typed decoding can follow it: False when the class of some part depends on its data."""


_SHAPES: dict[Any, Shape] = {}


class ModelMeta(StructMeta):
    """Makes optional fields read as None while absent, and the constructor take dicts and unknown arguments."""

    if TYPE_CHECKING:
        _slots: dict[str, Any]
        _making: Making | None
        _positional: tuple[str, ...]

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: JSON, **config: Any) -> ModelMeta:
        """Create the class, then wrap the fields whose default is UNSET."""
        cls = super().__new__(mcls, name, bases, namespace, **config)
        own = {field: vars(cls)[field] for field in cls.__struct_fields__ if type(vars(cls).get(field)) is _Member}
        cls._making = None
        cls._slots = {**getattr(cls, "_slots", {}), **own}
        defaults = cls.__struct_defaults__
        for field, default in zip(reversed(cls.__struct_fields__), reversed(defaults), strict=False):
            if default is UNSET and field in own:
                setattr(cls, field, read_as(own[field], None))
                setattr(cls, f"_raw_{field}", own[field])
        return cls

    if not TYPE_CHECKING:

        def __call__(cls, *args: Any, **given: Any) -> Any:
            """Construct from arguments in the order of the fields, keywords, dicts for models and unknown names."""
            direct, filled, absent, delicate = cls._making or _find_making(cls)
            if args or not direct or not (filled is None or filled in given):
                return _construct(cls, args, given)
            for name, value in given.items():
                if (value is None and name in absent) or (name in delicate and not _is_made(value)):
                    return _construct(cls, args, given)
            try:
                return unchecked(cls, **given)
            except TypeError:
                return _construct(cls, args, given)


def _construct(cls: Any, args: tuple[Any, ...], given: JSON) -> Any:
    """What the constructor does with arguments that cannot be taken as they are."""
    if args:
        given = _with_positional(cls, args, given)
    absent = cls._absent_when_none
    given = {name: value for name, value in given.items() if value is not None or name not in absent}
    for name, make in cls._filled.items():
        if name not in given:
            given[name] = make()
    return build(cls, given if cls._prepare is None else cls._prepare(given))


class Making(NamedTuple):
    """What the constructor looks at before it takes its arguments as they are."""

    direct: bool
    filled: str | None
    absent: frozenset[str]
    delicate: frozenset[str]


def _find_making(cls: Any) -> Making:
    delicate = cls._tidied.union(part.name for part in shape(cls).nested)
    cls._making = Making(cls._prepare is None, next(iter(cls._filled), None), cls._absent_when_none, delicate)
    return cls._making  # type: ignore[no-any-return]


def _is_made(value: Any) -> bool:
    """Whether a value of a field for models needs no more making."""
    if type(value) is list:
        for item in value:
            if type(type(item)) is not ModelMeta:
                return False
        return True
    return type(type(value)) is ModelMeta


class _Probe(msgspec.Struct):
    field: int


_Member = type(vars(_Probe)["field"])
_MISSING: Any = object()


def read_as(member: Any, absent: Any) -> property:
    """A property over a slot that reads as `absent` while unset; an AttributeError given is raised."""
    get = member.__get__

    def read(self: Any) -> Any:
        value = get(self)
        if value is not UNSET:
            return value
        if absent is AttributeError:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {member.__name__!r}")
        return absent

    def forget(self: Any) -> None:
        member.__set__(self, UNSET)

    return property(read, member.__set__, forget)


def _with_positional(cls: ModelMeta, args: tuple[Any, ...], given: JSON) -> JSON:
    names = cls._positional or cls.__struct_fields__
    if len(args) > len(names):
        raise TypeError(f"{cls.__name__} takes at most {len(names)} positional arguments, got {len(args)}")
    positional = dict(zip(names, args, strict=False))
    if twice := positional.keys() & given.keys():
        raise TypeError(f"{cls.__name__} got {sorted(twice)} twice, by position and by name")
    return positional | given


class Buildable(msgspec.Struct, metaclass=ModelMeta, dict=True, forbid_unknown_fields=True):
    """What making a model needs of its class.

    Subclasses may set: `_prepare(given)`, which changes constructor arguments; `_tidy(data)`, which puts right in
    place what typed decoding refuses, in the fields named by `_tidied`; `_absent_when_none`, constructor arguments
    for which None means "not given"; `_filled`, by its one name, what makes a constructor argument that is missing;
    `_positional`, the order of positional arguments where it is not that of the fields; `_kinds`, the class for each
    `type` of data.
    """

    if TYPE_CHECKING:
        # Static functions or None; a checker would take a callable class variable for a method.
        _prepare: ClassVar[Any]
        _tidy: ClassVar[Any]
        _tidied: ClassVar[frozenset[str]]
        _filled: ClassVar[Mapping[str, Callable[[], Any]]]
        _absent_when_none: ClassVar[frozenset[str]]
        _positional: ClassVar[tuple[str, ...]]
        _kinds: ClassVar[Mapping[str, type[Buildable]] | None]
        _public: ClassVar[Any]
    else:
        _prepare = None
        _tidy = None
        _tidied = frozenset[str]()
        _filled = types.MappingProxyType[str, Any]({})
        _absent_when_none = frozenset[str]()
        _positional = ()
        _kinds = None
        _public = None

    @classmethod
    def _pick(cls, data: Mapping[str, Any]) -> type[Self]:
        """The class for `data`; classes with `_kinds` choose by its `type`."""
        kinds = vars(cls).get("_kinds")
        return cls if kinds is None else kinds.get(data.get("type"), cls)


def shape(cls: type[Buildable]) -> Shape:
    """The fields of `cls` and which of them hold models; read from its annotations once."""
    known = _SHAPES.get(cls)
    if known is None:
        hints = typing.get_type_hints(cls)
        found = ((name, _model_in(hints[name])) for name in cls.__struct_fields__)
        nested = tuple(Nested(name, *hit) for name, hit in found if hit)
        plain = "_kinds" not in vars(cls) and all(part.model is cls or shape(part.model).typed for part in nested)
        known = _SHAPES[cls] = Shape(frozenset(cls.__struct_fields__), nested, plain)
    return known


def _model_in(hint: Any) -> tuple[type[Buildable], bool] | None:
    if isinstance(hint, ModelMeta):
        return typing.cast("type[Buildable]", hint), False
    many = typing.get_origin(hint) is list
    if not many and typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return None
    hits = [hit for hit in map(_model_in, typing.get_args(hint)) if hit]
    return (hits[0][0], many or hits[0][1]) if hits else None


def build(cls: type[M], data: JSON) -> M:
    """An instance of `cls` from `data`, which is taken over; nested dicts become models, unknown names are kept."""
    known = _SHAPES.get(cls) or shape(cls)
    for name, model, many in known.nested:
        if name in data:
            value = data[name]
            if not many:
                if type(type(value)) is not ModelMeta:
                    data[name] = coerce(value, model)
            elif isinstance(value, (list, tuple)):
                data[name] = [item if type(type(item)) is ModelMeta else coerce(item, model) for item in value]
    if cls._tidy is not None:
        cls._tidy(data)
    try:
        return unchecked(cls, **data)  # type: ignore[no-any-return]
    except TypeError:
        extra = {name: data.pop(name) for name in list(data) if name not in known.fields}
        if not extra:
            raise
    made: M = unchecked(cls, **data)
    keep_extra(made, extra)
    return made


def coerce(value: Any, model: type[Buildable]) -> Any:
    """A `model` from a dict or another library's model; anything else, models included, as it is."""
    if isinstance(value, dict):
        return _from_dict(value, model)
    if type(type(value)) is ModelMeta or not hasattr(value, "model_dump"):
        return value
    return _from_dict(value.model_dump(exclude_unset=True), model)


def _from_dict(value: JSON, model: type[Buildable]) -> Buildable:
    if shape(model).typed:
        try:
            return msgspec.convert(value, model)
        except msgspec.ValidationError:
            pass
    return build(model._pick(value), {name: item for name, item in value.items() if name not in PRIVATE})


def keep_extra(obj: Buildable, extra: JSON) -> None:
    """Store unknown fields on `obj`; names that would hide a method are reachable by key only."""
    held = obj.__dict__
    for name, value in extra.items():
        if hasattr(type(obj), name):
            held.setdefault(RESERVED, {})[name] = value
        elif name not in PRIVATE:
            held[name] = value
