"""Tables, transactions, outbox and migrations: the one place that commits."""
