"""The operations under /api/v1, by noun. A route translates: body in, one call, schema out."""
