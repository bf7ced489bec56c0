"""What people do: one function is one permission check and one transaction."""
