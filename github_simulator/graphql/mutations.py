"""All mutations: importing their modules fills the table."""

from github_simulator.graphql import comment_mutations, git_mutations, thread_mutations
from github_simulator.graphql.mutation import MUTATIONS

__all__ = ["MUTATIONS", "comment_mutations", "git_mutations", "thread_mutations"]
