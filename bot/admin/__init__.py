"""What operators run by hand against GitHub: with PyGithub, outside of the server."""
