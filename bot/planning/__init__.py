"""From how things stand to what should be different: a `Snapshot` and the time become a `Plan`. Pure."""
