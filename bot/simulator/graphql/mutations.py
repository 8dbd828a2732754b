"""All mutations: importing their modules fills the table."""

from bot.simulator.graphql import comment_mutations, git_mutations, thread_mutations
from bot.simulator.graphql.mutation import MUTATIONS

__all__ = ["MUTATIONS", "comment_mutations", "git_mutations", "thread_mutations"]
