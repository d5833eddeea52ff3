"""Calls from threads that come and go, in a process of their own: what can go wrong here ends the process."""

import subprocess
import sys

PROGRAM = """
import threading
import litellm
from tests.support.faulty import faulty, ok

def call():
    litellm.completion("openai/gpt-4o-mini", [{"role": "user", "content": "Hi"}], api_base=provider.base, api_key="k")
    answered.append(1)

answered = []
with faulty(ok) as provider:
    for _ in range(6):
        thread = threading.Thread(target=call)
        thread.start()
        thread.join()
    call()
print(len(answered))
"""


def test_the_first_call_may_come_from_a_thread_that_ends() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, "7"), done.stderr
