"""Usernames that look human and that no two people share, however many there are."""

import math
import random
from dataclasses import dataclass

# One paragraph each, because a name a line would fill pages.
FIRST = """
    ada adaeze agnes ahmed aiko akira aleksi alma amara amir ana anders anika anjali
    anton ariel arjun asha astrid aya bao bea bilal bruno camila carlos chidi chloe
    clara dag dalia daniel david diego dina dmitri edda elena eli elif emeka emil emma
    erik esra esther eva farid fatima felix femi finn freya gabriel gita goran greta
    hana hannah haruto hugo ida idris igor ines ingrid isla ivan jack jana javier jin
    joao jonas julia jun kaito karin kasper katya keiko kemal kofi kwame lars layla lea
    leo lila lin linh liv lucia luka magnus mai malik mara marek maria mateo maya mei
    mia mikael milan mina mohan nadia naomi nia niklas nina noah noor nora olga oliver
    omar oskar otto pablo petra pia priya quinn rafael rania ravi rosa ruben saga sakura
    samir sana sara selma sofia soren sven tara tariq tess theo tomas tove uma vera
    victor vikram wei yara yuki yusuf zara zoe zuri
""".split()  # noqa: SIM905  (a list would be ten times as long)
LAST = """
    abara abe adeyemi aguilar ahlberg akbar almeida andersson aoki arslan asante aydin
    bakker banerjee barbosa barros becker berg bianchi blake bose brandt brooks bui
    campos carter castro chan chaudhry chen choi cohen costa cruz dang das dekker demir
    diaz diop dubois duran eklund eriksen farah fernandez ferrari fischer flores fonseca
    forde fujita garcia gomez greene gupta gutierrez haddad hagen hakimi hansen hashimoto
    hayes herrera hoang hoffmann holm horvat hughes ibrahim ito ivanova jansen jensen
    joshi kamau kaplan kato keller khan kim klein kobayashi kowalski kraus kumar lam
    larsen laurent lee lehtinen leroy levi lim lindqvist lopez lund maeda malik mancini
    marino martin mbeki medina mehta mendoza mensah meyer mikkelsen mishra molina moreau
    mori moyo murphy musa mwangi nakamura navarro nguyen nilsson nkosi novak nowak
    nyberg obi okafor okoro oliveira omondi ortiz osei ozturk palmer park patel pavlova
    pereira petrov pham pillai popescu quispe rahman ramos rao reddy reyes ricci rivera
    rojas romano rossi roy saito salazar santos sato schmidt sharma shah silva singh
    sokolov soto suarez sundberg suzuki takahashi tanaka teixeira thapa thomas torres
    tran turner vargas vasquez vega virtanen vogel wagner walker wang watanabe weber
    weiss wolf wong yamada yilmaz young zhang zimmermann
""".split()  # noqa: SIM905  (a list would be ten times as long)
COMBINATIONS = len(FIRST) * len(LAST)
# Seeds that differ by a multiple of this share their usernames.
LANES = 100


@dataclass(frozen=True, slots=True)
class Usernames:
    """The usernames of one seed, by the position of the person.

    All combinations of a first and a last name are walked once before any comes
    again. The number behind a combination differs between the seeds, modulo `LANES`,
    and between the walks.
    """

    seed: int
    step: int
    offset: int

    @classmethod
    def of(cls, seed: int) -> "Usernames":
        rng = random.Random(f"{seed}/names")  # noqa: S311  (made-up people, no secret)
        step = rng.randrange(COMBINATIONS // 3, COMBINATIONS)
        # Only steps without a common divisor visit every combination.
        while math.gcd(step, COMBINATIONS) != 1:
            step += 1
        return cls(seed, step, rng.randrange(COMBINATIONS))

    def at(self, index: int) -> str:
        """Return the username of the person at `index`, from 0."""
        walk, place = divmod(index, COMBINATIONS)
        combination = (self.step * place + self.offset) % COMBINATIONS
        first, last = divmod(combination, len(LAST))
        number = (self.seed + 37 * combination) % LANES + LANES * walk
        separator = "-" if combination % 4 == 0 else "_"
        return f"{FIRST[first]}{separator}{LAST[last]}{number or ''}"
