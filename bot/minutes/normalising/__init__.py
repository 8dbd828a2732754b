"""Make minutes of notes, a template and a meeting, with a ledger of every line."""
