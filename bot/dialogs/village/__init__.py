"""A village head's part of the conversation: the roll, visiting, answering for many, reviewing, progress."""
