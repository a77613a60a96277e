"""What there is to see of a room. One file per audience."""
