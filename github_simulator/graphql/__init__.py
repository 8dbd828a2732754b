"""GraphQL, executed by graphql-core against GitHub's own schema.

What each type answers stands in tables: `gitobjects`, `repositories`, `threads` register theirs in `context`.
"""

from github_simulator.graphql import gitobjects, repositories, threads
from github_simulator.graphql.engine import Engine, GraphQLRequest

__all__ = ["Engine", "GraphQLRequest", "gitobjects", "repositories", "threads"]
