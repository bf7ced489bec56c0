"""Prefect: the heartbeat and the papers. A flow passes ids and days and calls one service; it holds no truth."""
