from datetime import datetime, timedelta

import pytest

from tests.github_simulator.conftest import NOTES


async def test_the_clock_is_read_set_and_advanced(lab):
    await lab.rest("POST", "/_simulator/clock", {"set": "2027-01-12T14:00:00Z"})
    now = datetime.fromisoformat((await lab.rest("POST", "/_simulator/clock", {"advance": 600})).body["now"])
    assert timedelta() <= now - datetime.fromisoformat("2027-01-12T14:10:00Z") < timedelta(minutes=1)
    assert datetime.fromisoformat((await lab.rest("GET", "/_simulator/clock")).body["now"]) >= now


@pytest.mark.parametrize(
    "body", [{"set": "soon"}, {"set": "2027-01-12T14:00:00"}, {"advance": "x"}, [], {"set": 1}]
)
async def test_no_time_at_all(lab, body):
    assert (await lab.rest("POST", "/_simulator/clock", body)).status == 400


async def test_what_apps_sent_and_people_did_not(lab):
    await lab.rest("GET", f"/repos/{NOTES}")
    await lab.rest("GET", f"/repos/{NOTES}", by="ada")
    await lab.graphql("{ viewer { login } }")
    sent = (await lab.rest("GET", "/_simulator/requests")).body
    assert [(each["operation"], each["steps"], each["status"], each["cost"]) for each in sent] == [
        ("repos/get", [], 200, 1), ("graphql", ["viewer"], 200, 1),
    ]  # fmt: skip


async def test_violations_are_told(lab):
    assert (await lab.rest("GET", "/_simulator/violations")).body == []
    await lab.rest("GET", "/nonsense")
    (violation,) = (await lab.rest("GET", "/_simulator/violations")).body
    assert "GET /nonsense" in violation
    lab.broke("nonsense")


async def test_faults_are_set_released_and_cleared(lab):
    body = {"kind": "status", "status": 503, "match": {"operation": "repos/get"}, "times": 2}
    assert (await lab.rest("POST", "/_simulator/faults", body)).status == 201
    assert (await lab.rest("GET", f"/repos/{NOTES}")).status == 503
    (fault,) = (await lab.rest("GET", "/_simulator/faults")).body
    assert (fault["kind"], fault["hits"]) == ("status", 1)
    assert (await lab.rest("POST", "/_simulator/faults/release")).status == 204
    assert (await lab.rest("DELETE", "/_simulator/faults")).status == 204
    assert (await lab.rest("GET", f"/repos/{NOTES}")).status == 200


@pytest.mark.parametrize("body", [{"kind": "x"}, {"match": {}}, {"kind": "lose", "frozen": 1}, "text"])
async def test_a_fault_that_makes_no_sense(lab, body):
    assert (await lab.rest("POST", "/_simulator/faults", body)).status == 400


async def test_idle_answers_when_nothing_is_left(lab, listener):
    lab.ada.open_issue(NOTES, "Weekly")
    assert (await lab.rest("GET", "/_simulator/idle")).body == {"idle": True}
    assert listener.names == ["issues"]

    async def never():
        return False

    lab.simulator.idle_checks.append(never)
    assert (await lab.rest("GET", "/_simulator/idle?timeout=0.05")).status == 408


@pytest.mark.parametrize("body", [{"advance": 400 * 86_400}, {"set": "2028-02-29T12:00:00Z"}])
async def test_years_pass_at_once_for_all_of_it(lab, body):
    """Tokens end, windows of limits begin anew, and what is written carries the new date."""
    await lab.rest("GET", f"/repos/{NOTES}")
    now = datetime.fromisoformat((await lab.rest("POST", "/_simulator/clock", body)).body["now"])
    assert (await lab.rest("GET", f"/repos/{NOTES}")).status == 401
    lab.token = lab.mint()
    answer = await lab.rest("POST", f"/repos/{NOTES}/issues", {"title": "Weekly"})
    assert answer.headers["X-RateLimit-Used"] == "1"
    for moment in (answer.body["created_at"], answer.body["updated_at"]):
        assert abs(datetime.fromisoformat(moment) - now) < timedelta(minutes=1)
    assert (await lab.rest("GET", "/app", by=lab.jwt())).status == 200
