"""The table of OpenAI-compatible vendors. One row is one vendor; a new vendor is a row and a recorded case."""

from collections.abc import Mapping
from types import MappingProxyType

from litellm.llms.openai_like import rows_a_to_f, rows_g_to_n, rows_o_to_z, rows_own_servers
from litellm.llms.openai_like.provider import Provider

PROVIDERS: Mapping[str, Provider] = MappingProxyType(
    {
        row.name: row
        for rows in (rows_a_to_f.ROWS, rows_g_to_n.ROWS, rows_o_to_z.ROWS, rows_own_servers.ROWS)
        for row in rows
    }
)
