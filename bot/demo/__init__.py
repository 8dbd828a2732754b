"""The main job on one machine: a GitHub of our own, the bot beside it, and some notes that travel."""
