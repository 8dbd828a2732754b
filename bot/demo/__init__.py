"""The demo: a simulated GitHub and the bot in one process, and notes that become minutes."""
