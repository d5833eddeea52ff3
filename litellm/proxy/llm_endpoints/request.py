"""One request for a model, read no further than routing needs; what it holds is decoded only if somebody must see it.

How it is read from bytes is in `reading.py`.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from litellm import _routes
from litellm.core import intake
from litellm.core.call import Call, Endpoint, Options
from litellm.core.errors import BadRequest
from litellm.core.plan import Route
from litellm.proxy.forwarding import Fields, Passage
from litellm.router_utils.deployments import Deployment
from litellm.router_utils.fallbacks import Entry
from litellm.router_utils.hedging import may_be_doubled
from litellm.router_utils.requests import with_beginning
from litellm.types.call_arguments import DIRECTIONS

NO_OPTIONS = Options()
# What a client may say to us that changes nothing about what one deployment is sent.
ROUTED = frozenset(
    "metadata litellm_metadata tags litellm_call_id litellm_trace_id litellm_session_id caching cache no-log "
    "num_retries max_retries retry_policy fallbacks context_window_fallback_dict context_window_fallbacks "
    "content_policy_fallbacks max_fallbacks disable_fallbacks priority allowed_model_region mock_testing_fallbacks "
    "mock_testing_context_fallbacks mock_testing_content_policy_fallbacks mock_testing_rate_limit_error".split()
)
# Whose account a call is paid by, and where it goes: for the first group alone.
ACCOUNT = frozenset("api_key api_base base_url api_version organization custom_llm_provider base_model".split())
_encode = msgspec.json.Encoder().encode


class LLMRequest(msgspec.Struct, kw_only=True, eq=False):
    """What a client asks of a model, as `router_utils.requests.Request` wants it.

    `fields` is what concerns the model, name to raw JSON; `own` is what the client says to us, and `options` the same
    as calls have it. `started` is in seconds since the epoch, `agent` the client's `User-Agent`.
    """

    endpoint: Endpoint
    content: str
    call_id: str
    model: str
    stream: bool
    fields: Fields
    started: float
    own: Mapping[str, Any] = {}
    options: Options = NO_OPTIONS
    agent: str | None = None
    known: Call | None = None

    # -- where it goes -------------------------------------------------------------------------------------------

    def route(self, deployment: Deployment) -> Route:
        """The request as it goes to one deployment: passed on as it is where that is possible, else as a call."""
        prepared = deployment.prepared
        way = prepared.forwarding.get(self.endpoint)
        if way is None or not (self.own.keys() <= ROUTED) or not way.takes(self.fields):
            return _routes.route(self.call(deployment))
        call = Call(
            id=self.call_id,
            endpoint=self.endpoint,
            model=deployment.model,
            input=Passage(way, self.fields, msgspec.Raw(_encode(self.model))),
            options=prepared.options,
            stream=self.stream,
            started=self.started,
            asynchronous=True,
        )
        return Route(call, way.stream_target if self.stream else way.target)

    def call(self, deployment: Deployment) -> Call:
        """The request as a call with the deployment's arguments; what the client says of the model wins over those."""
        return self.placed(self.as_call(), deployment)

    def placed(self, call: Call, deployment: Deployment) -> Call:
        """A call with the deployment's arguments under its own."""
        placed = deployment.call(call)
        if self.options.api_base is None:
            return placed
        # What the operator keeps for a deployment's own address goes to no other one.
        options = msgspec.structs.replace(placed.options, headers=self.options.headers, organization=None)
        return msgspec.structs.replace(
            placed, options=msgspec.structs.replace(options, credentials=self.options.credentials)
        )

    def as_call(self) -> Call:
        """The request as a call that goes nowhere yet. Raises `BadRequest` for what is no such call."""
        if self.known is None:
            given = self.decoded()
            self.known = self.made(self.endpoint, given.pop(self.content), given)
        return self.known

    def made(self, endpoint: Endpoint, content: Any, given: Mapping[str, Any]) -> Call:
        """A call with these arguments and this request's options."""
        call = intake.take(endpoint, self.model, content, given, call_id=self.call_id, now=self.started)
        options = self.options
        if self.agent is not None:
            metadata = {**(options.metadata or {}), "user_agent": self.agent}
            options = msgspec.structs.replace(options, metadata=metadata)
        return msgspec.structs.replace(call, options=options, asynchronous=True)

    def decoded(self) -> dict[str, Any]:
        """The fields as values."""
        try:
            return {name: msgspec.json.decode(raw) for name, raw in self.fields.items() if name != "model"}
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BadRequest(f"the request's body is no valid JSON: {error}") from error

    # -- as it goes elsewhere ------------------------------------------------------------------------------------

    def changed(self, entry: Entry) -> "LLMRequest":
        """The request as it goes to the group of a fallback; a client's own account stays with the first group."""
        own = {name: value for name, value in self.own.items() if name not in ACCOUNT and name not in DIRECTIONS}
        fields = self.fields
        for name, value in entry.overrides.items():
            if intake.owns(name):
                own[name] = value
            else:
                fields = {**fields, name: msgspec.Raw(_encode(value))}
        options = self.options if own == self.own else options_of(own)
        return msgspec.structs.replace(self, model=entry.group, fields=fields, own=own, options=options, known=None)

    def continued(self, text: str) -> "LLMRequest | None":
        """The request to go on after so much of the answer, None where that cannot be asked."""
        if self.endpoint != "chat":
            return None
        messages = with_beginning(msgspec.json.decode(self.fields[self.content]), text)
        fields = {**self.fields, self.content: msgspec.Raw(_encode(messages))}
        return msgspec.structs.replace(self, fields=fields, known=None)

    @property
    def may_be_doubled(self) -> bool:
        """Whether asking twice does no more than asking once."""
        told = {name: self.fields[name] for name in _DOING_MORE if name in self.fields}
        return not told or may_be_doubled({name: msgspec.json.decode(raw) for name, raw in told.items()})


_DOING_MORE = ("tools", "store", "web_search_options")


def options_of(own: Mapping[str, Any]) -> Options:
    """Our own arguments as calls have them; shared where there are none."""
    return intake.take("moderation", "any", "", own, call_id="", now=0.0).options if own else NO_OPTIONS
