"""The learning-society assistant: conversation, rules and channels."""
