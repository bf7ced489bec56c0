"""Who acts, for whom, and what they may do: one policy, asked by every door."""
