"""Planning: from a `Snapshot` and the time to a `Plan` of what should be different. Pure."""
