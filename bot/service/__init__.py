"""The bot as a service: webhook deliveries, durable jobs, and reconciling (look, plan, apply)."""

from bot.service.service import Service
from bot.service.settings import Settings

__all__ = ["Service", "Settings"]
