"""The GraphQL API, executed by graphql-core with GitHub's own schema.

`gitobjects`, `repositories` and `threads` register the resolvers of their types in `context.FIELDS`.
"""

from github_simulator.graphql import gitobjects, repositories, threads
from github_simulator.graphql.engine import Engine, GraphQLRequest

__all__ = ["Engine", "GraphQLRequest", "gitobjects", "repositories", "threads"]
