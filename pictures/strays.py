"""Files that neither a user nor the garbage knows, as a restored database leaves them."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from accounts.models import User
from pictures.models import PictureGarbage
from pictures.stores import store

AT_A_TIME = 1000


def note_strays(before: datetime, *, write: bool = True) -> Iterator[int]:
    """Put unknown files that are older into the garbage; yield how many at a time."""
    old = (picture_id for picture_id, at in store().kept() if at < before)
    while some := list(islice(old, AT_A_TIME)):
        known = {
            *User.objects.filter(picture_id__in=some).values_list(
                "picture_id", flat=True
            ),
            *PictureGarbage.objects.filter(picture_id__in=some).values_list(
                "picture_id", flat=True
            ),
        }
        strays = [PictureGarbage(picture_id=each) for each in {*some} - known]
        if write:
            PictureGarbage.objects.bulk_create(strays, ignore_conflicts=True)
        yield len(strays)
