"""Draft the minutes of a coming meeting, from the newest minutes or the template."""
