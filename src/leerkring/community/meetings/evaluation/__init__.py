"""Two to four questions at the end of a meeting, answered in a minute, by nobody who can be told apart."""
