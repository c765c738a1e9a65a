"""The judges of a page: axe, and what an eye sees of its words."""

import re
from functools import cache

from garden.species import BY_NAME
from local.places import PROJECT

SOURCE = PROJECT / "dashboard"
AXE = SOURCE / "node_modules" / "axe-core" / "axe.min.js"
WORDS = PROJECT / "tests" / "browser" / "looks" / "judging.js"
TEXT = SOURCE / "src" / "text"
# A sentence, and no key of an object.
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?!:)')

# What comes in is pale for a moment; what waits, or goes on for ever, is judged as it is.
STANDS = """() => Promise.all(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime < 2_000)
    .map((one) => one.finished.catch(() => null)))
    .then(() => new Promise(requestAnimationFrame)).then(() => null)"""


# Nobody reads what passed, nor a path to it.
AXE_RUN = """rules => axe.run({
    resultTypes: ["violations"], selectors: false,
    // Asked for by a tag the rule of AAA runs too, and AA is what is promised.
    ...(rules === "colours" && {
        runOnly: {type: "tag", values: ["cat.color"]},
        rules: {"color-contrast-enhanced": {enabled: false}},
    }),
    // Contrast takes more time than all else together.
    ...(rules === "structure" && {rules: {"color-contrast": {enabled: false}}}),
}).then(({violations}) => violations.map(({id, nodes}) => [id, nodes.map(({html}) => html)]))"""


def violations(page, *, rules="all"):
    """Return where axe finds fault, by rule: of "all", of "colours" alone, or "structure"."""
    page.evaluate(STANDS)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(AXE_RUN, rules)
    return {rule: [html[:200] for html in nodes] for rule, nodes in found}


@cache
def english_alone(language):
    """Return what English says and this language does not."""
    if language == "en":
        return []
    own = _said(language)
    english = _said("en") | set(BY_NAME) - own
    return sorted(words for words in english - own if re.search("[A-Za-z]{3}", words))


def _said(language):
    files = (TEXT / language).rglob("*.ts")
    return {
        words.replace('\\"', '"')
        for file in files
        for words in LITERAL.findall(file.read_text())
    }


def wrong_words(page, *, language, own=()):
    """Return words that are cut, lie over others, are English, or sideways; by kind.

    `own` are the user's words: each needs a direction of its own in a page of another one.
    """
    page.evaluate(STANDS)
    english = english_alone(language)
    species = [kind for kind in BY_NAME if kind in english]
    asked = {"strings": list(own), "english": english, "species": species}
    found = page.evaluate(WORDS.read_text(), asked)
    return {kind: what for kind, what in found.items() if what}
