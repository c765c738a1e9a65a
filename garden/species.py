"""The 19 species, and the level from which each may be planted."""

from dataclasses import dataclass
from typing import Literal

Rarity = Literal["common", "uncommon", "rare", "epic", "legendary"]


@dataclass(frozen=True, slots=True)
class Species:
    name: str
    rarity: Rarity
    level: int


ALL: tuple[Species, ...] = (
    Species("Rose", "common", 1),
    Species("Tulip", "common", 1),
    Species("Daisy", "common", 1),
    Species("Sunflower", "common", 1),
    Species("Fern", "common", 1),
    Species("Cactus", "common", 2),
    Species("Lavender", "uncommon", 2),
    Species("Mint", "uncommon", 3),
    Species("Lily", "uncommon", 3),
    Species("Bamboo", "uncommon", 4),
    Species("Orchid", "rare", 5),
    Species("Maple", "rare", 6),
    Species("Cherry Blossom", "rare", 7),
    Species("Lotus", "rare", 8),
    Species("Bonsai", "epic", 10),
    Species("Wisteria", "epic", 12),
    Species("Baobab", "epic", 15),
    Species("Ghost Orchid", "legendary", 20),
    Species("World Tree", "legendary", 25),
)
BY_NAME: dict[str, Species] = {species.name: species for species in ALL}
