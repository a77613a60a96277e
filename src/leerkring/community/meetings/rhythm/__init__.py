"""Which letters go out around each meeting of a programme."""
