"""Rolls as communes really keep them: read from Excel and text files, written as a template, marked."""
