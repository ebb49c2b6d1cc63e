"""The village's use cases: knowing, completing turns, scoring again, telling, importing."""
