"""The conversation: session, events, effects, screens. Pure: values in, values out."""
