"""The pool of threads that packages submit work to under LiteLLM 1.x's name; made on first use."""

from concurrent.futures import ThreadPoolExecutor

MAX_THREADS = 100

executor: ThreadPoolExecutor = ThreadPoolExecutor(max_workers=MAX_THREADS, thread_name_prefix="litellm")
