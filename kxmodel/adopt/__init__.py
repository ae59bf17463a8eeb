"""The way in: what exists elsewhere -> a draft schema in the dialect, for a person to finish."""
