"""State outside the process: what it takes to reach it and to live without it when it does not answer."""
