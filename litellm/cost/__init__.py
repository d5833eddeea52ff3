"""What a call costs: rates from a map entry, lines from a response, and money that adds up to the nano-dollar.

Pure: no clock, no network, no settings. `litellm.cost_calculator` is the public face.
"""
