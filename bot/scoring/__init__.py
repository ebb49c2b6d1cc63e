"""The rules: criteria sets as data, scoring, titles and their explanations. Pure: values in, values out."""
