"""What people see: the board, lists, one exchange, its history, the registers. It reads and never writes."""
