"""The two windows of a session: what the room sees, and what the trainer has before them."""
