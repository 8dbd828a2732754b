"""The draft of a meeting that is still to come, made from the newest minutes or the template."""
