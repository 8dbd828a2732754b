from datetime import timedelta

import pytest

from github_simulator.tokens import new_key
from tests.github_simulator.conftest import ARCHIVE, NOTES


async def test_the_jwt_of_an_app_opens_its_own_doors_only(lab):
    assert (await lab.rest("GET", "/app", by=lab.jwt())).body["slug"] == "minutes"
    assert (await lab.rest("GET", f"/repos/{NOTES}", by=lab.jwt())).status == 403
    assert (await lab.rest("GET", "/app")).status == 401, "an installation token is none"


@pytest.mark.parametrize(
    ("claims", "word"),
    [
        ({"exp": 660}, "too far"),
        ({"exp": -1}, "Expiration"),
        ({"iat": 120}, "Issued at"),
        ({"iss": 12345}, "not found"),
    ],
)
async def test_a_jwt_that_github_would_refuse(lab, claims, word):
    now = int(lab.simulator.clock.now().timestamp())
    real = {name: value if name == "iss" else now + value for name, value in claims.items()}
    if "iss" in real:
        real["iss"] = str(real["iss"])
    answer = await lab.rest("GET", "/app", by=lab.jwt(**real))
    assert answer.status == 401
    assert word in answer.body["message"]


async def test_a_jwt_signed_with_another_key(lab):
    assert (await lab.rest("GET", "/app", by=lab.jwt(key=new_key()[0]))).status == 401


async def mint(lab, body):
    return await lab.rest("POST", f"/app/installations/{lab.installation}/access_tokens", body, by=lab.jwt())


async def test_an_installation_token_lives_an_hour_of_the_simulated_clock(lab):
    answer = await mint(lab, {})
    token = answer.body["token"]
    assert answer.status == 201
    assert answer.body["permissions"]["contents"] == "write"
    assert (await lab.rest("GET", f"/repos/{NOTES}", by=token)).status == 200
    lab.simulator.clock.advance(timedelta(minutes=61))
    assert (await lab.rest("GET", f"/repos/{NOTES}", by=token)).status == 401


async def test_a_token_narrowed_to_a_permission_and_a_repository(lab):
    answer = await mint(lab, {"permissions": {"issues": "read"}, "repositories": ["notes"]})
    token = answer.body["token"]
    assert answer.body["permissions"] == {"metadata": "read", "issues": "read"}
    assert [each["name"] for each in answer.body["repositories"]] == ["notes"]
    assert (await lab.rest("POST", f"/repos/{NOTES}/issues", {"title": "x"}, by=token)).status == 403
    lab.archive.private = True
    assert (await lab.rest("GET", f"/repos/{ARCHIVE}", by=token)).status == 404


@pytest.mark.parametrize("body", [{"permissions": {"actions": "write"}}, {"repositories": ["nowhere"]}])
async def test_a_token_cannot_be_more_than_was_granted(lab, body):
    assert (await mint(lab, body)).status == 422


async def test_a_suspended_installation(lab):
    lab.simulator.world.installations[lab.installation].suspended_at = lab.simulator.world.now()
    assert (await lab.rest("GET", f"/repos/{NOTES}")).status == 403
    assert (await mint(lab, {})).status == 403


async def test_a_revoked_token(lab):
    assert (await lab.rest("DELETE", "/installation/token")).status == 204
    assert (await lab.rest("GET", f"/repos/{NOTES}")).status == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer nonsense", "Basic YTpi", "token a.b.c"])
async def test_credentials_that_are_none(lab, header):
    answer = await lab.rest("GET", f"/repos/{NOTES}", headers={"Authorization": header})
    assert answer.status == 401


async def test_an_app_is_nobody_to_get_user(lab):
    assert (await lab.rest("GET", "/user")).status == 403
    assert (await lab.rest("GET", "/user", by="ada")).body["login"] == "ada"
