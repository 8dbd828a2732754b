"""The set-up: registers the App from `app.yml`, stores its credentials, and says what it sees."""
