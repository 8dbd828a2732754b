"""Notes, a template and a meeting become minutes, and every line is accounted for."""
