"""The GitHub client: reads a snapshot, and applies the steps of a plan. Decides nothing about minutes.

app ─► auth                 the App's key, its installations' tokens
 └► client ─► limits        one installation's requests; rate limits and other errors (classify, errors)
      ├► snapshot           read, complete: reader, pull_reader (nodes, *.graphql); hints
      └► publish            apply: batch (mutations), by_rest; apply_results
"""
