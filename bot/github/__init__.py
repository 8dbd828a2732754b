"""GitHub: how things stand there, and making them different. Nothing here decides anything about minutes.

app ─► auth                 the App's key, its installations' tokens
 └► client ─► limits        one installation's requests, each answer judged (errors)
      ├► snapshot           read, complete: reader (nodes, *.graphql); hints
      └► publish            apply: batch (mutations), by_rest; folds, verdicts
"""
