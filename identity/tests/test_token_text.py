"""The text of API tokens: long enough, known by its sum, and told apart from junk."""

import random
import string

import pytest

from identity.api_tokens.token_text import (
    DIGITS,
    FORM,
    digest_of,
    is_token,
    new_token,
)

# Made once: every worker of a run has to collect the same names of tests.
GOOD = "fgp_ToAhuajfJSXJ5AVj9BCSTXdQtaBTFunGmptydXV5zzW2NzbpD"


def test_tokens_have_their_form_and_no_two_are_alike():
    made = {new_token() for _ in range(2_000)}
    assert len(made) == 2_000
    assert all(FORM.match(text) and len(text) == 53 for text in made)
    assert all(is_token(text) for text in made)
    # Each place but the first of the secret takes every digit: nothing is cut off.
    seen = [{text[place] for text in made} for place in range(5, 47)]
    assert all(len(digits) == 62 for digits in seen)


def test_a_slip_of_one_character_or_two_swapped_is_no_token():
    text = new_token()
    for place in range(4, len(text)):
        for digit in random.sample(DIGITS, 5):
            slipped = text[:place] + digit + text[place + 1 :]
            assert is_token(slipped) == (slipped == text)
    swapped = text[:10] + text[11] + text[10] + text[12:]
    assert is_token(swapped) == (swapped == text)


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "fgp_",
        "fgp_" + "0" * 48,
        "fgp_" + "0" * 50,
        "FGP_" + "0" * 49,
        "fgp_" + "0" * 42 + "é" + "0" * 6,
        GOOD + "\n",
        " " + GOOD,
        "fgp_" + "٣" * 49,
    ],
)
def test_junk_is_no_token(junk):
    assert is_token(GOOD)
    assert not is_token(junk)


def test_one_guess_in_four_billion_has_the_right_sum():
    letters = string.ascii_letters + string.digits
    guesses = ("fgp_" + "".join(random.choices(letters, k=49)) for _ in range(10_000))
    assert not any(map(is_token, guesses))


def test_the_digest_is_of_the_whole_text():
    one, other = new_token(), new_token()
    assert len(digest_of(one)) == 32
    assert digest_of(one) != digest_of(other)
