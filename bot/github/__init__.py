"""GitHub: how things stand there, and making them different. Nothing here decides anything about minutes.

app ─► auth                 the App's key, its installations' tokens
 └► client ─► limits        one installation's requests, each answer judged (errors)
      ├► snapshot           read, complete: graphql_reader (nodes, *.graphql) or rest_reader; hints
      └► publish            apply: graphql_publish (mutations) or rest_publish; folds, verdicts
"""
