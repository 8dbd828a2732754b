"""GraphQL, executed by graphql-core against GitHub's own schema."""

from bot.simulator.graphql.engine import Engine, Request

__all__ = ["Engine", "Request"]
