"""Cases: whole exchanges written down in a file, checked, and walked through the same services as everything else."""
