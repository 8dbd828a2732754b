"""Benchmarks, each with a reference to compare with."""
