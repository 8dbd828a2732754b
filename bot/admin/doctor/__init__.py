"""The checks of `minutes-bot doctor`: what is right and wrong in how the bot is set up, each with a cure."""
