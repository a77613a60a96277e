"""Value stories: what taking part brought about, in five short prompts. Each belongs to its teller."""
