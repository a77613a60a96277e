"""What happens in a room after something happened at its door."""
