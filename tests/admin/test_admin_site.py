import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from accounts.devices import one_door
from accounts.models import AuthSession, User
from accounts.tests.factories import PASSWORD, UserFactory
from accounts.tests.staff import list_url, listed, staff_with
from focusguard.admin import paginator
from focusguard.admin.chart import HEIGHT, bars
from focusguard.admin.paginator import CappedPaginator
from sessions_app.tests.factories import FocusSessionFactory
from stats import services as stats_services
from tests.harness.clock import NOON
from tests.harness.statements import statements

INDEX = reverse("admin:index")
PASSWORD_CHANGE = reverse("admin:password_change")
NEW_PASSWORD = "another long phrase 7"


def figures(page):
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page.content.decode()))


def test_admin_without_its_slash_leads_there(client):
    assert client.get("/admin").headers["Location"] == INDEX


def test_first_page_shows_the_figures_of_today(client, ada, alice, bob):
    with time_machine.travel(NOON, tick=False):
        client.force_login(ada)
        for user, ago in ((alice, 1), (alice, 30), (bob, 2)):
            start = NOON - timedelta(hours=ago)
            session = FocusSessionFactory(
                user=user, created_at=start, done=True, duration_min=50
            )
            stats_services.record_session(session=session)
        FocusSessionFactory(user=bob, created_at=NOON - timedelta(minutes=5))
        page = client.get(INDEX)
    assert figures(page) == {
        "Users": "3",
        "Active today": "2",
        "Sessions today": "3",
        "Minutes credited today": "100",
        "Minutes credited in all": "150",
    }
    days = [(bar.day, bar.value) for bar in page.context["bars"]]
    assert len(days) == 14
    assert days[-2:] == [(date(2026, 1, 17), 1), (date(2026, 1, 18), 3)]


def test_first_page_queries_do_not_grow_and_figures_are_kept_for_a_minute(as_staff):
    # session, staff user, users, totals, active today, days, minutes of today, the
    # member's recent actions
    assert statements(as_staff, INDEX) == 8
    assert statements(as_staff, INDEX) == 3
    FocusSessionFactory.create_batch(10)
    cache.clear()
    assert statements(as_staff, INDEX) == 8


def test_first_page_chart_can_be_read_without_seeing_it(as_staff):
    html = as_staff.get(INDEX).content.decode()
    assert '<svg viewBox="0 0 560 140" role="img" aria-labelledby="chart-title"' in html
    assert len(re.findall(r'<tr><th scope="row">', html)) == 14


@pytest.mark.parametrize("url", [INDEX, list_url(User), reverse("admin:login")])
def test_pages_need_no_inline_style_or_script(client, ada, url):
    if url != reverse("admin:login"):
        client.force_login(ada)
    html = client.get(url).content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)


def test_first_page_offers_staff_only_what_they_may_see(client, db):
    client.force_login(staff_with("view_plant"))
    html = client.get(INDEX).content.decode()
    assert "Plants" in html
    for hidden in ("Sessions that run now", "Deactivated accounts", "reused token"):
        assert hidden not in html


def test_first_page_is_for_staff_alone(client, alice):
    client.force_login(alice)
    answer = client.get(INDEX)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))


def test_bars_stand_on_the_ground_and_keep_their_proportions():
    days = [(date(2026, 1, day), value) for day, value in ((1, 0), (2, 1), (3, 9999))]
    none, least, most = bars(days)
    assert (none.height, least.height) == (0, 1)
    assert most.height < HEIGHT
    assert all(bar.y + bar.height == HEIGHT for bar in (none, least, most))
    assert none.x < least.x < most.x


def test_bars_of_nothing_are_flat():
    assert [bar.height for bar in bars([(date(2026, 1, 1), 0)])] == [0]


def pages_of(count, monkeypatch):
    monkeypatch.setattr(paginator, "COUNT_UP_TO", 4)
    UserFactory.create_batch(count)
    users, page, seen = User.objects.order_by("pk"), 1, []
    while True:
        pages = CappedPaginator(users, 2, page=page)
        seen += pages.page(page).object_list
        if not pages.page(page).has_next():
            return seen, pages
        page += 1


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 11])
@pytest.mark.django_db
def test_paginator_reaches_every_row_by_going_on(count, monkeypatch):
    seen, last = pages_of(count, monkeypatch)
    assert seen == list(User.objects.order_by("pk"))
    assert last.count == count
    assert not last.is_capped


@pytest.mark.django_db
def test_paginator_counts_no_further_than_its_bound(
    monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(paginator, "COUNT_UP_TO", 4)
    UserFactory.create_batch(11)
    pages = CappedPaginator(User.objects.order_by("pk"), 2, page=1)
    with django_assert_num_queries(1) as queries:
        assert (pages.count, pages.is_capped) == (4, True)
    assert "LIMIT 5" in queries.captured_queries[0]["sql"]


def test_list_says_that_there_are_more_rows_than_it_counted(as_staff, monkeypatch):
    monkeypatch.setattr(paginator, "COUNT_UP_TO", 60)
    UserFactory.create_batch(160)
    page = as_staff.get(list_url(User))
    assert "more than 100 users" in page.content.decode()
    page = as_staff.get(list_url(User), {"p": 4})
    assert len(listed(page)) == 11
    assert "more than" not in page.content.decode()


@pytest.mark.parametrize("path", ["nothing/", "accounts/user/nonsense/change/"])
def test_unknown_pages_lead_nowhere_and_break_nothing(as_staff, path):
    answer = as_staff.get(INDEX + path, follow=True)
    assert answer.status_code in (200, 404)


def change_password(client, old, new=NEW_PASSWORD):
    return client.post(
        PASSWORD_CHANGE,
        {"old_password": old, "new_password1": new, "new_password2": new},
    )


def test_password_change_ends_every_device_and_keeps_the_browser(client, alice):
    alice.is_staff = True
    alice.save()
    one_door.open_device(user=alice)
    client.force_login(alice)
    answer = change_password(client, PASSWORD)
    assert answer["Location"] == reverse("admin:password_change_done")
    assert AuthSession.objects.get().revoked_reason == "password"
    alice.refresh_from_db()
    assert alice.check_password(NEW_PASSWORD)
    assert client.get(INDEX).status_code == 200


def test_password_change_refuses_a_wrong_or_weak_one(client, alice):
    alice.is_staff = True
    alice.save()
    client.force_login(alice)
    wrong = change_password(client, "not it at all").context["form"].errors
    assert wrong == {"old_password": ["The current password is wrong."]}
    weak = change_password(client, PASSWORD, "password").context["form"].errors
    assert list(weak) == ["new_password2"]
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_password_change_stands_under_the_limit_of_the_login(client, alice, settings):
    settings.RATE_LIMIT_ENABLED = True
    alice.is_staff = True
    alice.save()
    client.force_login(alice)
    for _ in range(5):
        assert change_password(client, "not it at all").status_code == 200
    refused = change_password(client, PASSWORD)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 900
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
