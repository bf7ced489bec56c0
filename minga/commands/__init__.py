"""One module per command; `minga/cli.py` imports a module only when its command is called."""
