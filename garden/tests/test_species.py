from collections import Counter

import pytest

from garden import species
from garden.models import Plant


def test_there_are_19_species():
    assert len(species.ALL) == len(species.BY_NAME) == 19


def test_names_find_their_species():
    assert all(kind.name == name for name, kind in species.BY_NAME.items())


def test_every_rarity_occurs():
    rarities = ["common", "uncommon", "rare", "epic", "legendary"]
    assert set(Counter(kind.rarity for kind in species.ALL)) == set(rarities)


def test_a_rarer_species_needs_no_lower_level():
    rarities = ["common", "uncommon", "rare", "epic", "legendary"]
    needed = [(rarities.index(kind.rarity), kind.level) for kind in species.ALL]
    assert needed == sorted(needed)


def test_somebody_new_has_a_rose_to_plant():
    assert species.BY_NAME["Rose"].level == 1


@pytest.mark.parametrize("kind", species.ALL, ids=lambda kind: kind.name)
def test_species_fits_its_column(kind):
    assert len(kind.name) <= Plant._meta.get_field("plant_type").max_length
    assert kind.level >= 1
