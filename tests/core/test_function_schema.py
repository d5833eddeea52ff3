"""A function's signature and docstring as a tool's schema."""

from litellm.core.function_schema import function_to_dict


def weather(location: str, unit: str, days: int = 3, tags: list[str] | None = None, *rest: int, **more: int) -> None:
    """Get the current weather
    of a place.

    Longer words that no model needs.

    Parameters
    ----------
    location : str
        The city and state,
        e.g. San Francisco, CA
    unit : {'celsius', 'fahrenheit'}
        Temperature unit
    days, weeks : int, optional
        How long

    Returns
    -------
    str
        a sentence
    """


def test_the_docstring_gives_types_descriptions_and_choices() -> None:
    assert function_to_dict(weather) == {
        "name": "weather",
        "description": "Get the current weather\nof a place.",
        "parameters": {
            "type": "object",
            "properties": {
                "location": {"type": "string", "description": "The city and state,\ne.g. San Francisco, CA"},
                "unit": {"type": "string", "description": "Temperature unit", "enum": ["celsius", "fahrenheit"]},
                "days": {"type": "integer", "description": "How long"},
                "tags": {"type": "array"},
            },
            "required": ["location", "unit"],
        },
    }


def test_annotations_serve_where_the_docstring_is_silent() -> None:
    def plain(a: float, b: list[int], c: "bool", d=None):  # type: ignore[no-untyped-def]
        return a, b, c, d

    schema = function_to_dict(plain)
    assert schema["description"] == ""
    assert schema["parameters"]["properties"] == {
        "a": {"type": "number"},
        "b": {"type": "array"},
        "c": {"type": "boolean"},
        "d": {},
    }


def test_a_function_of_nothing_requires_nothing() -> None:
    def now() -> str:
        """The time."""
        return ""

    assert function_to_dict(now) == {
        "name": "now",
        "description": "The time.",
        "parameters": {"type": "object", "properties": {}},
    }


def test_numbers_can_be_choices_and_nonsense_is_none() -> None:
    def pick(size: int, color: str) -> None:
        """Pick.

        Parameters
        ----------
        size : {1, 2}
        color : {red, blue
            A color
        """

    properties = function_to_dict(pick)["parameters"]["properties"]
    assert properties == {
        "size": {"type": "integer", "enum": [1, 2]},
        "color": {"type": "string", "description": "A color"},
    }


def test_a_methods_own_object_is_no_parameter() -> None:
    class Shop:
        def order(self, number: int) -> None:
            """Order."""

    assert list(function_to_dict(Shop.order)["parameters"]["properties"]) == ["number"]
