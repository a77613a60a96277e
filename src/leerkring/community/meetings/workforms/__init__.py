"""Working forms: ways to let a group meet, think, choose and look back; ours, and those of a programme."""
