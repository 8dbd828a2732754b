"""The metrics, for Prometheus. One registry per service, so that two in one process do not add up."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bot.service.delivery import REFUSALS


class Metrics:
    """The metrics of one service; names begin with `minutes_`."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.deliveries = Counter(
            "minutes_deliveries",
            "Webhook deliveries by what became of them: accepted, duplicate, ignored ... or why refused.",
            ["outcome"],
            registry=self.registry,
        )
        self.asked_again = Counter(
            "minutes_deliveries_asked_again",
            "Webhook deliveries that did not arrive, and that GitHub was asked for again.",
            registry=self.registry,
        )
        self.acknowledged = Histogram(
            "minutes_acknowledge_seconds",
            "Time from a delivery's arrival to its answer.",
            buckets=(0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10),
            registry=self.registry,
        )
        self.in_flight = Gauge(
            "minutes_bytes_in_flight",
            "Bytes of webhook bodies that are in memory now.",
            registry=self.registry,
        )
        self.fell_back = Counter(
            "minutes_caught",
            "Notes that were left as typed because the normaliser failed: a fault of ours, please report it.",
            registry=self.registry,
        )
        self.jobs = Counter(
            "minutes_jobs",
            "Jobs by how they ended: done, later, again, failed.",
            ["outcome"],
            registry=self.registry,
        )
        # from 0 on: of a series that begins at 1, Prometheus sees no increase, and no alert would be raised
        for reason in REFUSALS:
            self.deliveries.labels(reason)
        for outcome in ("done", "later", "again", "failed"):
            self.jobs.labels(outcome)
