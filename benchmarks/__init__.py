"""What is measured, each beside its reference."""
