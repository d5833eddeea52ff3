"""Builds a call's arguments from what a JSON file can hold: public classes, files, user models, placeholders."""

import base64
import importlib
import io
from dataclasses import dataclass
from types import ModuleType
from typing import Any

Json = Any
MISSING = object()
SCALARS: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}


def public_name(package: ModuleType, dotted: str) -> Any:
    """What a user reaches as `package.<dotted>`; an attribute goes before a module of the same name."""
    found: Any = package
    parts = dotted.split(".")
    for depth, part in enumerate(parts, 1):
        attribute = getattr(found, part, MISSING)
        is_absent = attribute is MISSING
        found = importlib.import_module(".".join([package.__name__, *parts[:depth]])) if is_absent else attribute
    return found


def user_model(spec: dict[str, Json]) -> type:
    """A pydantic model as a user would write it, from `{name, fields}`."""
    import pydantic

    fields: dict[str, Any] = {name: (_field_type(kind), ...) for name, kind in spec["fields"].items()}
    return pydantic.create_model(spec["name"], **fields)


def _field_type(kind: Json) -> Any:
    if isinstance(kind, dict):
        return user_model(kind)
    if kind.startswith("list["):
        return list[SCALARS[kind[5:-1]]]  # type: ignore[misc]
    return SCALARS[kind]


@dataclass(frozen=True)
class Builder:
    """Turns recorded arguments into live ones for `package`, aimed at the server at `base`."""

    package: ModuleType
    base: str
    account: str

    def build(self, value: Json) -> Any:
        """The live form of one JSON value."""
        if isinstance(value, str):
            return self.account if "{gcp_service_account}" in value else value.replace("{base}", self.base)
        if isinstance(value, list):
            return [self.build(item) for item in value]
        if isinstance(value, dict):
            return self._object(value)
        return value

    def _object(self, value: dict[str, Json]) -> Any:
        makers = {
            "$pydantic": user_model,
            "$file": _named_file,
            "$bytes": base64.b64decode,
            "$tuple": lambda items: tuple(self.build(items)),
            "$enum": self._member,
        }
        for marker, make in makers.items():
            if marker in value:
                return make(value[marker])
        if "$new" in value:
            return public_name(self.package, value["$new"])(**self.build(value.get("kwargs", {})))
        return {name: self.build(item) for name, item in value.items()}

    def _member(self, dotted: str) -> Any:
        owner, _, name = dotted.rpartition(".")
        return getattr(public_name(self.package, owner), name)


def _named_file(spec: dict[str, str]) -> io.BytesIO:
    file = io.BytesIO(base64.b64decode(spec["b64"]))
    file.name = spec["name"]
    return file
