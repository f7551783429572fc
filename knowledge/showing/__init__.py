"""Presenting without a window: what a show is made of, how one moves in it, and what the room may see."""
