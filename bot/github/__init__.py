"""The GitHub client: reads a snapshot, and applies the steps of a plan. Decides nothing about minutes.

app ─► auth                 the App's key, and the tokens of its installations
 └► client ─► limits        the requests of one installation; rate limits and other errors (classify, errors)
      ├► snapshot           read and complete a snapshot: reader, pull_reader, nodes, *.graphql; hints caches
      └► publish            apply steps: batch (mutations), by_rest; then change the snapshot: apply_results
"""
