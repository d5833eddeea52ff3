"""`create` and `acreate` of Anthropic's Messages API."""

from litellm._not_yet import stand_in

create = stand_in("anthropic.messages.create")
acreate = stand_in("anthropic.messages.acreate")
