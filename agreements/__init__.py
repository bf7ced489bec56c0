"""What is promised and who signs: the agreement's own machine, rules only."""
