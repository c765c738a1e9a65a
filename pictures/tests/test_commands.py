import os
import time
import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from accounts.models import User
from focusguard.db.tests.elsewhere import held_elsewhere
from pictures import garbage
from pictures.exceptions import PicturesAway
from pictures.models import PictureGarbage
from pictures.stores import name_of, store
from pictures.stores.folder import FolderStore

pytestmark = pytest.mark.django_db


def prune(capsys, *options):
    call_command("prune_pictures", *options)
    return capsys.readouterr().out.splitlines()


def noted(**kept):
    """A file that is noted and nobody's."""
    picture_id = garbage.reserve()
    store().put(picture_id, b"picture")
    PictureGarbage.objects.filter(pk=picture_id).update(**kept)
    return picture_id


def test_what_an_upload_left_is_deleted_after_an_hour(pictures_on, capsys):
    noted(kept_until=Now() - timedelta(seconds=1))
    recent = noted()
    assert prune(capsys, "--dry-run") == ["1 pictures would be deleted"]
    assert prune(capsys) == ["1 pictures deleted"]
    assert prune(capsys) == ["0 pictures deleted"]
    assert pictures_on() == [name_of(recent)]
    assert PictureGarbage.objects.get().pk == recent


def test_a_note_whose_file_was_never_written_goes_too(pictures_on, capsys):
    PictureGarbage.objects.create(picture_id=uuid.uuid4())
    assert prune(capsys) == ["1 pictures deleted"]
    assert not PictureGarbage.objects.exists()


def test_a_half_of_a_file_goes_too(pictures_on, capsys):
    picture_id = garbage.reserve()
    PictureGarbage.objects.update(kept_until=None)
    (pictures_on.folder / f"{name_of(picture_id)}.part").touch()
    prune(capsys)
    assert pictures_on() == []


def test_a_store_that_is_away_is_told_and_asked_again(pictures_on, capsys, monkeypatch):
    noted(kept_until=None)
    with monkeypatch.context() as patched:

        def fail(*args):
            raise PicturesAway

        patched.setattr(FolderStore, "delete", fail)
        with pytest.raises(CommandError, match="away"):
            prune(capsys)
    assert prune(capsys) == ["1 pictures deleted"]


def test_strays_are_found_and_pictures_of_people_are_not(pictures_on, alice, capsys):
    own, stray, recent, kept = (uuid.uuid4() for _ in range(4))
    for picture_id in (own, stray, recent, kept):
        store().put(picture_id, b"picture")
    User.objects.filter(pk=alice.pk).update(picture_id=own)
    PictureGarbage.objects.create(
        picture_id=kept, kept_until=Now() + timedelta(minutes=5)
    )
    (pictures_on.folder / "README").touch()
    long_ago = time.time() - 7200
    for path in pictures_on.folder.iterdir():
        if path.name != name_of(recent):
            os.utime(path, (long_ago, long_ago))
    assert prune(capsys, "--strays", "--dry-run") == [
        "1 files are of nobody",
        "0 pictures would be deleted",
    ]
    assert prune(capsys, "--strays") == ["1 files are of nobody", "1 pictures deleted"]
    assert pictures_on() == sorted(["README", *map(name_of, (own, recent, kept))])


def test_two_do_not_prune_at_once(pictures_on, capsys):
    with held_elsewhere("prune_pictures"), pytest.raises(CommandError, match="Another"):
        prune(capsys)


def test_without_a_place_nothing_is_pruned(capsys):
    PictureGarbage.objects.create(picture_id=uuid.uuid4())
    (told,) = prune(capsys)
    assert told.startswith("Pictures are off")
    assert PictureGarbage.objects.exists()


def test_a_user_whose_row_is_replaced_leaves_a_note(alice):
    """By SQL too, and once."""
    first, second = uuid.uuid4(), uuid.uuid4()
    for picture_id in (first, first, second, None, None):
        User.objects.filter(pk=alice.pk).update(picture_id=picture_id)
    noted_ids = PictureGarbage.objects.due().values_list("pk", flat=True)
    assert {*noted_ids} == {first, second}
    alice.delete()
    assert PictureGarbage.objects.count() == 2
