"""What to tell whom, and through which channel: the room for notices, which come with people and permissions."""
