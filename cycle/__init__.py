"""What an exchange is and how it may move: pure rules, no framework."""
