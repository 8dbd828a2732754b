"""The commands of `minutes-bot`, one module each, imported only when called."""
