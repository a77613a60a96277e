"""Forming groups: who and what goes in, the run of the group former, the division that came of it, and its groups."""
