"""The bot as a service: deliveries in, durable jobs, and the loop of look, plan and apply."""

from bot.service.service import Service
from bot.service.settings import Settings

__all__ = ["Service", "Settings"]
