"""One promise per module: `run(ground, count)` prints what it saw and answers what was broken, nothing when it held."""
