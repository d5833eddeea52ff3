"""The base class of every public type: a msgspec Struct with the face of a pydantic model and of a mapping.

For authors of adapters:
    decode(ModelResponse, raw)          bytes -> model; typed and quick; unknown fields kept at every level
    ModelResponse.from_dict(data)       parsed JSON -> model; nested dicts become models; `data` is not changed
    ModelResponse.model_validate(x)     a model, or a mapping, -> model (`model_validate_json` for bytes)
    Message(content=..., x_extra=1)     constructor: fields by name or position, dicts for models, unknown names kept
    encode(model)                       model -> JSON bytes for the wire; unset fields are left out
    model.model_dump(exclude_none=True) model -> dict; `.to_dict()`, `.json()` and `.dict()` are the same
    model.field / model["field"]        unset fields read as None; an unknown name is AttributeError / KeyError
    "field" in model, model.get(k, d)   by what is set: a null is set, an absent field is not
    model.model_extra                   the unknown fields of this object, as a dict
    model.model_fields_set              names of the fields that are set, extras included
    model._hidden_params                a dict that is never dumped, but kept by copy, deepcopy and pickle
    name: str | None = unset()          in a class body: absent until given; plain defaults are always dumped
    def __post_init__(self)             in a class body: normalises, after every way of construction; keep it quick
    _absent_when_none, _filled          in a class body: arguments for which None means "not given"; what fills them
    _prepare(given), _tidy(data)        in a class body: see `wire.Buildable`
"""

from __future__ import annotations

import datetime
import decimal
import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

import msgspec
from msgspec import UNSET

from litellm.types.decoding import decode, from_wire
from litellm.types.wire import JSON, PRIVATE, RESERVED, Buildable, build, shape, unchecked, unset

if TYPE_CHECKING:
    import builtins
    from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
    from typing import Self

__all__ = ["JSON", "Model", "decode", "encode", "unchecked", "unset"]

_MISSING: Any = object()
_NEVER_DUMPED = PRIVATE - {RESERVED}
_NATIVE = (bytes, bytearray, datetime.datetime, datetime.date, uuid.UUID, decimal.Decimal)


class Model(Buildable):
    """A response or request type; see the module's docstring for what it can do."""

    if TYPE_CHECKING:
        model_fields: ClassVar[builtins.dict[str, msgspec.structs.FieldInfo]]

        @property
        def _hidden_params(self) -> JSON: ...
        @_hidden_params.setter
        def _hidden_params(self, value: JSON) -> None: ...
        @property
        def _response_ms(self) -> float | None: ...
        @_response_ms.setter
        def _response_ms(self, value: float | None) -> None: ...
        @property
        def _response_headers(self) -> Mapping[str, str] | None: ...
        @_response_headers.setter
        def _response_headers(self, value: Mapping[str, str] | None) -> None: ...

        def __init__(self, *args: Any, **kwargs: Any) -> None: ...

    # -- reading as a mapping

    def __getattr__(self, name: str) -> Any:
        if name == "_hidden_params":
            made: JSON = {}
            self.__dict__[name] = made
            return made
        if name in PRIVATE:
            return None
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __getitem__(self, key: str) -> Any:
        value = self._lookup(key)
        if value is not _MISSING:
            return None if value is UNSET else value
        raise KeyError(key)

    def __setitem__(self, key: str, value: Any) -> None:
        if key in self._slots or not hasattr(type(self), key):
            setattr(self, key, value)
        else:
            self.__dict__.setdefault(RESERVED, {})[key] = value

    def __delitem__(self, key: str) -> None:
        if key in (self.__dict__.get(RESERVED) or ()):
            del self.__dict__[RESERVED][key]
        elif key in self:
            delattr(self, key)
        else:
            raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        value = self._lookup(key)
        return value is not _MISSING and value is not UNSET

    def __iter__(self) -> Iterator[str]:
        return iter(self._items())

    def __len__(self) -> int:
        return len(self._items())

    def __bool__(self) -> bool:
        return True

    def get(self, key: str, default: Any = None) -> Any:
        """The value at `key`, or `default` when it is unknown or not set."""
        value = self._lookup(key)
        return default if value is _MISSING or value is UNSET else value

    def keys(self) -> KeysView[str]:
        """Names of the fields that are set, extras last."""
        return self._items().keys()

    def values(self) -> ValuesView[Any]:
        """Values of the fields that are set, models as they are."""
        return self._items().values()

    def items(self) -> ItemsView[str, Any]:
        """Names and values of the fields that are set, models as they are."""
        return self._items().items()

    def _lookup(self, key: object) -> Any:
        member = self._slots.get(key)
        if member is not None:
            value = member.__get__(self)
            return _MISSING if value is UNSET and key not in self._declared() else value
        if key in PRIVATE:
            return _MISSING
        held = self.__dict__
        if key in held:
            return held[key]
        return held[RESERVED].get(key, _MISSING) if RESERVED in held else _MISSING

    def _items(self) -> builtins.dict[str, Any]:
        """What is set, in order: fields, then extras."""
        found = {name: value for name, value in msgspec.structs.asdict(self).items() if value is not UNSET}
        held = self.__dict__
        if held:
            found.update({name: value for name, value in held.items() if name not in PRIVATE})
            found.update(held.get(RESERVED) or ())
        return found

    @classmethod
    def _declared(cls) -> frozenset[str]:
        return shape(cls._public or cls).fields

    # -- the face of a pydantic model

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """A model from parsed JSON; nested dicts become models, unknown names are kept, `data` is not changed."""
        return from_wire(cls, data if isinstance(data, dict) else dict(data))

    @classmethod
    def model_validate(cls, obj: Any, **_: Any) -> Self:
        """`obj` itself when it is of this class, else a model built from a mapping or another library's model.

        Raises `msgspec.ValidationError`, a ValueError, for anything else.
        """
        if isinstance(obj, cls):
            return obj
        if isinstance(obj, Model):
            obj = obj._items()
        elif hasattr(obj, "model_dump"):
            obj = obj.model_dump(exclude_unset=True)
        return from_wire(cls, obj)

    parse_obj = model_validate

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **_: Any) -> Self:
        """A model from JSON text; see `decode`."""
        return decode(cls, bytes(json_data) if isinstance(json_data, bytearray) else json_data)

    parse_raw = model_validate_json

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:
        """A model from values that are taken as they are: nothing is turned into models."""
        names, made = shape(cls).fields, build(cls, {})
        for name, value in values.items():
            setattr(made, name, value) if name in names else made.__setitem__(name, value)
        return made

    def model_dump(
        self,
        *,
        mode: str = "python",
        include: Any = None,
        exclude: Any = None,
        by_alias: bool | None = None,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        **_: Any,
    ) -> builtins.dict[str, Any]:
        """A plain dict of what is set, models and extras included at every level.

        `include` and `exclude` are sets of names, or mappings from a name to what to take of its value. Unset fields
        are absent whatever `exclude_unset` says. With `mode="json"` every value is one that JSON knows.
        Example: `response.model_dump(exclude_none=True)`.
        """
        if exclude_defaults:
            dumped: JSON = _without_defaults(self)
        else:
            dumped = _dumped(self)
        if exclude_none or include is not None or exclude is not None:
            dumped = _chosen(dumped, include, exclude, exclude_none)
        return msgspec.to_builtins(dumped, enc_hook=_foreign) if mode == "json" else dumped

    def model_dump_json(self, *, indent: int | None = None, **options: Any) -> str:
        """JSON text of `model_dump(**options)`; `indent` in spaces."""
        options["mode"] = "json"
        raw = msgspec.json.encode(self.model_dump(**options))
        return (msgspec.json.format(raw, indent=indent) if indent else raw).decode()

    def dict(self, **options: Any) -> JSON:
        """The same as `model_dump`."""
        return self.model_dump(**options)

    def json(self, **options: Any) -> JSON:
        """The same as `model_dump`: a dict, as in LiteLLM 1.x; `model_dump_json` gives text."""
        return self.model_dump(**options)

    def to_dict(self, **options: Any) -> JSON:
        """The same as `model_dump`."""
        return self.model_dump(**options)

    def copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """The same as `model_copy`."""
        return self.model_copy(update=update, deep=deep)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with `update` applied; with `deep` nothing is shared with the original."""
        made = self.__deepcopy__({}) if deep else self.__copy__()
        for name, value in (update or {}).items():
            made[name] = value
        return made

    @property
    def model_extra(self) -> JSON:
        """The fields of this object that its class does not declare."""
        declared = self._declared()
        return {name: value for name, value in self._items().items() if name not in declared}

    @property
    def model_fields_set(self) -> set[str]:
        """Names of what is set, extras included."""
        return set(self._items())

    # -- equality, printing, copying

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Model) or (self._public or type(self)) is not (other._public or type(other)):
            return NotImplemented
        return self._items() == other._items()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._items().items())})"

    def __copy__(self) -> Self:
        return _restore(self._public or type(self), self._items(), self._private())  # type: ignore[return-value]

    def __deepcopy__(self, memo: builtins.dict[int, Any]) -> Self:
        from copy import deepcopy

        state = deepcopy((self._items(), self._private()), memo)
        return _restore(self._public or type(self), *state)  # type: ignore[return-value]

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self._public or type(self), self._items(), self._private())

    def _private(self) -> JSON:
        return {name: value for name, value in self.__dict__.items() if name in PRIVATE and name != RESERVED}

    # -- as a field of a pydantic model

    @classmethod
    def _validate_field(cls, value: Any, *_: Any) -> Self:
        """Accept an instance, or a mapping that does not say it is another kind of object."""
        kind = _object_name(cls)
        if isinstance(value, dict) and kind and value.get("object", kind) != kind:
            raise ValueError(f"expected an object of kind {kind!r}, got {value['object']!r}")
        if isinstance(value, Model) and not isinstance(value, cls):
            raise ValueError(f"expected {cls.__name__}, got {type(value).__name__}")
        return cls.model_validate(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls._validate_field,
            serialization=core_schema.plain_serializer_function_ser_schema(_dump_field, info_arg=True),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> JSON:
        return {"type": "object", "title": cls.__name__, "additionalProperties": True}

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[..., Any]]:
        yield cls._validate_field


class _ModelFields:
    """`model_fields`, on the class as on an instance."""

    def __get__(self, obj: object, owner: type[Model]) -> builtins.dict[str, msgspec.structs.FieldInfo]:
        return {field.name: field for field in msgspec.structs.fields(owner._public or owner)}


Model.model_fields = _ModelFields()  # type: ignore[assignment]


def encode(model: Model) -> bytes:
    """JSON bytes for the wire, unset fields left out, extras of every level included."""
    return msgspec.json.encode(_plain(model) if _loose(model) else model, enc_hook=_foreign)


def _restore(cls: type[Model], items: JSON, private: JSON) -> Model:
    """Undo `__reduce__`: the instance as it was, without normalising its values again."""
    made = build(cls, {})
    for name in cls.__struct_fields__:
        if name not in items and made._slots[name].__get__(made) is not UNSET:
            cls._slots[name].__set__(made, UNSET)
    for name, value in items.items():
        made[name] = value
    made.__dict__.update(private)
    return made


def _loose(model: Any) -> bool:
    """Whether some model in it holds extras that its class does not declare, which C code does not see."""
    held = model.__dict__
    if held and not held.keys() <= _NEVER_DUMPED:
        return True
    for name, _, many in shape(type(model)).nested:
        value = model._slots[name].__get__(model)
        for item in value if many and type(value) is list else (value,):
            if isinstance(item, Model) and _loose(item):
                return True
    return False


def _dumped(model: Model) -> JSON:
    if not _loose(model):
        try:
            return msgspec.to_builtins(model, builtin_types=_NATIVE)  # type: ignore[no-any-return]
        except TypeError:  # a value of another library's class
            pass
    return _plain(model)  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    """Dicts and lists in place of models; values that are no JSON stay as they are."""
    if isinstance(value, Model):
        return {name: _plain(item) for name, item in value._items().items()}
    kind = type(value)
    if kind is str or value is None or kind is int or kind is float or kind is bool:
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.model_dump() if hasattr(value, "model_dump") else value


def _without_defaults(value: Any) -> Any:
    if isinstance(value, Model):
        defaults = {field.name: field.default for field in msgspec.structs.fields(type(value))}
        kept = {name: item for name, item in value._items().items() if defaults.get(name, _MISSING) != item}
        return {name: _without_defaults(item) for name, item in kept.items()}
    return [_without_defaults(item) for item in value] if isinstance(value, list) else _plain(value)


def _chosen(value: Any, include: Any, exclude: Any, exclude_none: bool) -> Any:
    """The part of a plain value that `include` and `exclude` leave: sets, or mappings to what holds further down."""
    if isinstance(value, dict):
        return {
            name: _chosen(item, _below(include, name), _below(exclude, name), exclude_none)
            for name, item in value.items()
            if not (item is None and exclude_none)
            and (include is None or name in include)
            and not (exclude is not None and name in exclude and _below(exclude, name) is None)
        }
    if isinstance(value, list):
        return [
            _chosen(item, _of_element(include, place), _of_element(exclude, place), exclude_none)
            for place, item in enumerate(value)
        ]
    return value


def _below(chosen: Any, name: str) -> Any:
    """What is chosen of the value at `name`; None for all of it."""
    part = chosen.get(name) if isinstance(chosen, dict) else None
    return None if part is True or part is ... else part


def _of_element(chosen: Any, place: int) -> Any:
    return _below({place: chosen.get(place, chosen.get("__all__"))}, place) if isinstance(chosen, dict) else None  # type: ignore[arg-type]


def _foreign(value: Any) -> Any:
    """A value that JSON does not know: another library's model as a dict, anything else as text."""
    return value.model_dump() if hasattr(value, "model_dump") else str(value)


def _object_name(cls: type[Model]) -> str | None:
    fields: Iterable[Any] = msgspec.structs.fields(cls)
    return next((field.default for field in fields if field.name == "object" and isinstance(field.default, str)), None)


def _dump_field(value: Any, info: Any) -> Any:
    return value.model_dump(mode=info.mode, exclude_none=info.exclude_none)
