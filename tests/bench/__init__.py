"""Measures this bot beside its peers, in one run, over the same fake Telegram: `python -m tests.bench`.

docs/benchmarks.md says what is compared and why it is fair.
"""
