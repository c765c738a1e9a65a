import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from identity.exceptions import FlowInvalid
from identity.flows import services as flows
from identity.flows.services import Kind
from identity.models import AuthFlow

pytestmark = pytest.mark.django_db

LIVES = timedelta(minutes=5)


@pytest.fixture
def flow(alice):
    return flows.issue(Kind.PROOF, user=alice, lives=LIVES)


def test_a_flow_is_found_by_its_token_of_its_kind_and_user(flow, alice, bob):
    token = flows.token_of(flow)
    assert flows.find(token, Kind.PROOF) == flow
    assert flows.find(token, Kind.PROOF, user=alice) == flow
    for wrong in ({"kind": Kind.SECOND_FACTOR}, {"kind": Kind.PROOF, "user": bob}):
        with pytest.raises(FlowInvalid):
            flows.find(token, **wrong)


def test_the_table_opens_nothing(flow, settings):
    """Caught: a token that is the key of its row."""
    token = flows.token_of(flow)
    for forged in (flow.pk.hex, str(flow.pk), token[:-1] + "A", "", token * 2):
        if forged != token:
            with pytest.raises(FlowInvalid):
                flows.find(forged, Kind.PROOF)
    flow.pk = uuid.uuid4()
    with pytest.raises(FlowInvalid):
        flows.find(flows.token_of(flow), Kind.PROOF)


def test_a_flow_is_claimed_once(flow):
    flows.claim(flow)
    with pytest.raises(FlowInvalid):
        flows.claim(flow)
    with pytest.raises(FlowInvalid):
        flows.count_try(flow, most=5)


def test_tries_end_a_flow(flow):
    for _ in range(3):
        flows.count_try(flow, most=3)
    with pytest.raises(FlowInvalid):
        flows.count_try(flow, most=3)


@pytest.mark.parametrize("change", ["password", "session_epoch", "is_active"])
def test_the_database_ends_flows_whatever_writes(flow, alice, bob, change):
    """Caught: a flow that outlives a password that somebody changed by SQL."""
    other = flows.issue(Kind.PROOF, user=bob, lives=LIVES)
    values = {"password": "another", "session_epoch": 1, "is_active": False}
    type(alice).objects.filter(pk=alice.pk).update(**{change: values[change]})
    with pytest.raises(FlowInvalid):
        flows.claim(flow)
    flows.claim(other)


def test_what_changes_nothing_of_that_ends_no_flow(flow, alice):
    type(alice).objects.filter(pk=alice.pk).update(
        username="another", password=alice.password, is_active=True
    )
    flows.claim(flow)


def test_prune_takes_what_expired_an_hour_ago(alice):
    for minutes in (-55, 59, 61):
        flows.issue(Kind.PROOF, user=alice, lives=timedelta(minutes=-minutes))
    out = StringIO()
    call_command("prune_auth_flows", dry_run=True, stdout=out)
    call_command("prune_auth_flows", stdout=out)
    said = out.getvalue().splitlines()
    assert said == ["1 flows would be deleted", "1 flows deleted"]
    oldest = AuthFlow.objects.order_by("expires_at").first()
    assert oldest.expires_at > timezone.now() - timedelta(hours=1)
