"""A simulated GitHub for the demo and the tests, in this process and on loopback.

    simulator = Simulator()
    await simulator.start()
    app = simulator.create_app("minutes-bot", permissions={...}, events=[...], webhook_url=...)
    simulator.create_repository("hill-lab/meeting-minutes", files={"README.md": "..."})
    simulator.install(app, "hill-lab")

It checks requests, responses and webhooks against GitHub's OpenAPI description and GraphQL schema; what it
finds is in `simulator.violations`.
"""

from github_simulator.clock import SimulatedClock
from github_simulator.faults import Fault
from github_simulator.people import SimulatedPerson
from github_simulator.simulator import Simulator

__all__ = ["Fault", "SimulatedClock", "SimulatedPerson", "Simulator"]
