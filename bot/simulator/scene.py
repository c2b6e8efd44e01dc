"""What the chat page starts with: two people, a private chat for each with the bot, and a group."""

from __future__ import annotations

from bot.simulator.people import Person
from bot.simulator.simulator import Simulator
from bot.simulator.state import Chat


def set_scene(simulator: Simulator) -> tuple[tuple[Person, Person], Chat]:
    """Fill an empty simulator for the page; one person's client speaks Thai, the other's English."""
    somchai = simulator.person("สมชาย", username="somchai", language="th")
    malee = simulator.person("Malee", username="malee", language="en")
    for person in (somchai, malee):
        simulator.world.private_chat(person.user)
    return (somchai, malee), simulator.group("ห้องข่าว · Newsroom", malee, administrator=somchai)
