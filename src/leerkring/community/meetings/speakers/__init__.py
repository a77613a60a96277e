"""Experts and speakers: access to one meeting, for a time, by a link. They stand in no list of the programme."""
