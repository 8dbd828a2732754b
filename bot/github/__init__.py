"""GitHub: how things stand there (`snapshot.read`), and making them different (`publish.apply`).

`App` knows the App's key and hands out a `Client` per installation; `errors` says what can go wrong.
Nothing here decides anything about minutes.
"""
