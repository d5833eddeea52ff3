"""The gateway: OpenAI's API over every provider, with one key and one configuration file."""
