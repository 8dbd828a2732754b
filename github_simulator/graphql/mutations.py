"""All mutations: importing this module registers them in MUTATIONS."""

from github_simulator.graphql import comment_mutations, git_mutations, thread_mutations
from github_simulator.graphql.mutation import MUTATIONS

__all__ = ["MUTATIONS", "comment_mutations", "git_mutations", "thread_mutations"]
