"""Runs every query, mutation and refusal of the bot once against a repository on GitHub."""
