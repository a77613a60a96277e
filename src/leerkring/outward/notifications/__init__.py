"""Who hears what by mail, when, and in which language. README.md says how to add a letter."""
