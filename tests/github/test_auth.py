"""The App's key and the tokens of its installations."""

import asyncio
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from bot.github.auth import AppKey, AsInstallation, Tokens
from bot.github.errors import BadKey, Gone

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = KEY, password: bytes | None = None) -> str:
    encryption = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption).decode()


PUBLIC = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


class HandClock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    def advance(self, **span: float) -> None:
        self.time += timedelta(**span)


class Mint:
    """Hands out numbered tokens that live an hour, and counts them."""

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock
        self.minted = 0

    async def __call__(self, installation: int) -> tuple[str, datetime]:
        await asyncio.sleep(0)  # as a request would: others run meanwhile
        self.minted += 1
        return f"{installation}-{self.minted}", self.clock.now() + timedelta(hours=1)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def mint(clock: HandClock) -> Mint:
    return Mint(clock)


@pytest.fixture
def tokens(mint: Mint, clock: HandClock) -> Tokens:
    return Tokens(mint, clock)


# -- the key -----------------------------------------------------------------------------------------------


def test_the_jwt_is_what_github_asks_for() -> None:
    text = AppKey.read(7, pem()).jwt(NOW)

    claims = jwt.decode(text, KEY.public_key(), ["RS256"], options={"verify_exp": False, "verify_iat": False})
    assert claims["iss"] == "7"
    assert claims["iat"] == NOW.timestamp() - 60
    assert NOW.timestamp() < claims["exp"] <= NOW.timestamp() + 600


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not readable"),
        ("my key", "not readable"),
        (pem()[:400], "not readable"),
        (PUBLIC, "a public key"),
        (pem(password=b"secret"), "encrypted"),
        (pem(ec.generate_private_key(ec.SECP256R1())), "not an RSA key"),
    ],
)
def test_a_key_that_cannot_be_used_is_said_with_the_cure(text: str, why: str) -> None:
    with pytest.raises(BadKey, match=f"{why}.*generate a new private key"):
        AppKey.read(7, text)


def test_keys_and_tokens_never_show() -> None:
    key = AppKey.read(7, pem())

    assert repr(key) == "AppKey(app_id='7')"


async def test_a_token_never_shows(tokens: Tokens) -> None:
    assert "5-1" not in repr(await tokens.get(5))


# -- tokens ------------------------------------------------------------------------------------------------


async def test_one_token_for_everybody_who_asks_at_once(tokens: Tokens, mint: Mint) -> None:
    got = await asyncio.gather(*(tokens.get(5) for _ in range(20)))

    assert {token.text for token in got} == {"5-1"}
    assert mint.minted == 1


async def test_each_installation_has_its_own(tokens: Tokens) -> None:
    assert [(await tokens.get(5)).text, (await tokens.get(6)).text] == ["5-1", "6-2"]


async def test_a_token_is_kept_until_ten_minutes_before_its_end(tokens: Tokens, clock: HandClock) -> None:
    await tokens.get(5)
    clock.advance(minutes=49, seconds=59)
    assert (await tokens.get(5)).text == "5-1"

    clock.advance(seconds=1)
    assert (await tokens.get(5)).text == "5-2"


async def test_a_failure_to_mint_is_told_and_not_kept(clock: HandClock) -> None:
    answers = [Gone("This installation is gone"), ("good", NOW + timedelta(hours=1))]

    async def mint(installation: int) -> tuple[str, datetime]:
        answer = answers.pop(0)
        if isinstance(answer, Gone):
            raise answer
        return answer

    tokens = Tokens(mint, clock)
    with pytest.raises(Gone):
        await tokens.get(5)
    assert (await tokens.get(5)).text == "good"


# -- a rejected token --------------------------------------------------------------------------------------


async def test_a_fresh_token_is_tried_again_after_1_2_and_4_seconds(tokens: Tokens, clock: HandClock) -> None:
    installation = AsInstallation(tokens, 5, clock)
    header = await installation.header()

    waits = [await installation.rejected(header, attempt) for attempt in range(4)]

    assert waits == [1.0, 2.0, 4.0, None]
    assert await installation.header() == header


async def test_an_old_token_is_replaced_once(tokens: Tokens, clock: HandClock) -> None:
    installation = AsInstallation(tokens, 5, clock)
    old = await installation.header()
    clock.advance(minutes=5)

    assert await installation.rejected(old, 0) == 0.0
    new = await installation.header()
    assert new != old

    assert await installation.rejected(new, 1) == 2.0  # it is fresh, so it may need a moment


async def test_a_token_that_somebody_else_replaced_is_not_thrown_away(
    tokens: Tokens, clock: HandClock, mint: Mint
) -> None:
    installation = AsInstallation(tokens, 5, clock)
    old = await installation.header()
    tokens.forget(5, "5-1")
    await tokens.get(5)

    assert await installation.rejected(old, 0) == 0.0
    tokens.forget(5, "5-1")
    assert (await tokens.get(5)).text == "5-2"
