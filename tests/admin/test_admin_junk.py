"""Every list of the staff's site, with whatever somebody puts into its address or form."""

import uuid
from itertools import product

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.tests.factories import UserFactory
from accounts.tests.staff import list_url
from garden.tests.factories import PlantFactory
from tests.harness.parts import in_parts, part

pytestmark = pytest.mark.django_db

JUNK = [
    "",
    " ",
    "-1",
    "9" * 30,
    "nan",
    "x" * 300,
    "a\x00b",
    "🌵",
    "2026-02-30",
    "9999-12-31",
    str(uuid.UUID(int=0)),
    ",",
]
LISTS = list(admin.site._registry)


@pytest.fixture
def as_staff(as_staff):
    # A fault is answered as it is in production.
    as_staff.raise_request_exception = False
    PlantFactory()
    return as_staff


def parameters(model):
    """Every parameter that its page reads, and some that it does not know."""
    page = admin.site._registry[model]
    names = {"q", "o", "p", "all", "e", "_popup", "_to_field", "_facets", "pop", "t"}
    names |= {"nothing", "user__password", "user__password__startswith", "pk__in", "_"}
    names |= {"__", "id", "id__exact", "pk", "user", "user__id__exact", "id__isnull"}
    for field in model._meta.fields:
        names |= {f"{field.name}{end}" for end in ("", "__gte", "__in", "__year")}
    for end in ("year", "month", "day", "week", "gte", "lt"):
        names |= {f"created_at__{end}", f"at__{end}"}
    for each in page.list_filter:
        if isinstance(each, type):
            names.add(each.parameter_name)
    return sorted(names)


def is_no_fault(answer):
    return answer.status_code in (200, 302, 400)


# A date without a zone is read as one of UTC. What Postgres refuses would end the transaction of the test.
@pytest.mark.filterwarnings("ignore:.*naive datetime:RuntimeWarning")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
@in_parts(12)
def test_no_parameter_of_a_list_is_a_fault(as_staff, model, every):
    for n, name in enumerate(parameters(model)):
        for junk in part(JUNK, n, every):
            answer = as_staff.get(list_url(model), {name: junk})
            assert is_no_fault(answer), f"?{name}={junk!r:.60}"


QUERIES = [
    "e=1",
    "created_at__year=9999&created_at__month=12&created_at__day=31",
    "created_at__year=1&created_at__month=1",
    "created_at__year=2026&created_at__month=2&created_at__day=30",
    "created_at__month=1",
    "created_at__day=1",
    "at__year=2026&at__day=31",
    "at__month=13",
    "q=%00&o=%00&p=%00",
    "q=%ff%fe",
    "o=1.2.3.99999999999999999999&p=0",
    "o=-1&o=2&p=1&p=2",
    "=&==&&&;",
    "%00=1",
    "q=" + "a+" * 2000,
    "q=%22unbalanced",
    "all=&p=999999999999999999999",
    "state=staff&state=active&level=20%2B&focused=never",
]


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
@in_parts(6)
def test_no_query_of_a_list_is_a_fault(as_staff, model, every):
    for query in part(QUERIES, LISTS.index(model), every):
        answer = as_staff.get(f"{list_url(model)}?{query}")
        assert is_no_fault(answer), query[:60]


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
@in_parts(12)
def test_no_form_of_a_list_is_a_fault(as_staff, model, every):
    page = admin.site._registry[model]
    actions = ["", "nothing", "delete_selected", "\x00", "x" * 999]
    actions += [getattr(act, "__name__", act) for act in page.actions or ()]
    chosen = [[], ["\x00"], ["not-a-uuid"], ["9" * 30], [str(uuid.uuid4())]]
    forms = list(product(actions, chosen, ("0", "1", "\x00", "x")))
    for action, rows, across in part(forms, LISTS.index(model), every):
        form = {"action": action, "_selected_action": rows}
        form |= {"select_across": across, "index": junk_index(across)}
        assert is_no_fault(as_staff.post(list_url(model), form)), form


def junk_index(across):
    return {"0": "0", "1": "99", "x": "x"}.get(across, "\x00")


NO_KEYS = [
    *("\x00", "nonsense", "9" * 40, str(uuid.UUID(int=0)), "_3A", "é", "x" * 500)
]


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_no_row_that_is_none_is_a_fault(as_staff, model):
    opts = model._meta
    for name, key in product(["change", "delete", "history"], NO_KEYS):
        route = f"admin:{opts.app_label}_{opts.model_name}_{name}"
        answer = as_staff.get(reverse(route, args=[key]))
        assert answer.status_code in (302, 400, 403, 404), (name, key[:60])


OTHER_PAGES = [
    "autocomplete/",
    "autocomplete/?term=%00&app_label=accounts&model_name=user&field_name=groups",
    "jsi18n/?language=%00",
    "r/999/1/",
    "r/1/%00/",
    "r/99999999999999999999/x/",
    "login/?next=%00//evil",
    "accounts/user/?_changelist_filters=%00",
    "password_change/?x=%00",
    "logout/",
]


def test_no_other_page_of_the_staff_is_a_fault(client, ada):
    client.raise_request_exception = False
    for path in OTHER_PAGES:
        # One of them signs out.
        client.force_login(ada)
        answer = client.get(f"/admin/{path}")
        assert answer.status_code in (200, 302, 400, 403, 404, 405), path


def test_junk_in_the_form_of_a_user_is_told_at_its_fields(as_staff):
    user = UserFactory()
    url = reverse("admin:accounts_user_change", args=[user.pk])
    for junk in JUNK:
        form = {"username": junk, "email": junk, "timezone": junk}
        form |= {"groups": [junk], "is_staff": junk, "weekly_report": junk}
        form |= {"leaderboard_visible": junk}
        assert is_no_fault(as_staff.post(url, form))
