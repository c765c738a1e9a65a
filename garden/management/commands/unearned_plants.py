"""Find the plants that no focus has grown."""

from argparse import ArgumentParser
from typing import Any

from accounts.exceptions import TokenInvalid
from focusguard.db.commands import OperatorCommand
from garden import services


class Command(OperatorCommand):
    help = """List grown plants whose session was completed with 0 minutes.

They are from before a plant grew by credit alone, and stand until somebody decides.
With --correct they wither at stage 0 and keep their numbers, each under the lock of
its user, so it may run beside traffic and again at any time. A line for each.

  manage.py unearned_plants
  manage.py unearned_plants --correct
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--correct", action="store_true", help="Let them wither.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = corrected = 0
        with self.alone("unearned_plants"):
            for plant in services.unearned_plants().iterator(chunk_size=1000):
                found += 1
                self.say(f"{plant.user_id} {plant.plant_num} {plant.plant_type}")
                if options["correct"]:
                    corrected += self.correct(plant.user_id, plant.pk)
        self.say(f"{found} found, {corrected} corrected")

    def correct(self, user_id: Any, plant_id: Any) -> bool:
        try:
            return services.correct_unearned_plant(user_id=user_id, plant_id=plant_id)
        except TokenInvalid:  # the user is gone meanwhile, with all plants
            return False
