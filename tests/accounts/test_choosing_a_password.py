"""Which passwords will do, and the one that is offered."""

import unicodedata

import pytest

from training.accounts.passphrases import suggest_passphrase, words
from training.accounts.password_rules import Weakness, find_weakness
from training.accounts.passwords import _NOBODY, hash_password, hasher, needs_rehash, verify_password

ABOUT = ("Ana Duarte", "ana.duarte@tallyhouse.example", "TH-0417", "Zanshin")


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("elevenchars", Weakness.SHORT),
        ("x" * 257, Weakness.LONG),
        ("Password1234", Weakness.COMMON),
        ("P@ssw0rd!!!!!", Weakness.COMMON),
        ("correct horse battery staple", Weakness.COMMON),
        ("Administrator2026", Weakness.COMMON),
        ("aaaaaaaaaaaaaaaa", Weakness.PATTERN),
        ("abcabcabcabc", Weakness.PATTERN),
        ("poiuytrewq123", Weakness.PATTERN),
        ("9876543210987654", Weakness.PATTERN),
        ("ana.duarte@tallyhouse.example", Weakness.ABOUT_YOU),
        ("Duarte-Duarte7", Weakness.ABOUT_YOU),
        ("zanshin-zanshin", Weakness.ABOUT_YOU),
        ("walnut kettle harbour seven", None),
        ("Ana sells nineteen kettles", None),
        ("пароль из слов дома", None),
    ],
)
def test_a_password_is_refused_for_being_guessable_not_for_its_signs(
    password: str, weakness: Weakness | None
) -> None:
    assert find_weakness(password, min_length=12, about=ABOUT) is weakness


def test_what_is_offered_will_do_and_is_never_the_same() -> None:
    offered = {suggest_passphrase() for _ in range(200)}

    assert len(offered) == 200
    assert len(words()) >= 512
    assert {find_weakness(one, min_length=12, about=ABOUT) for one in offered} == {None}


def test_a_password_typed_on_another_keyboard_is_the_same() -> None:
    stored = hash_password(unicodedata.normalize("NFD", "Größe im Café"), cheap=True)

    assert verify_password(stored, unicodedata.normalize("NFC", "Größe im Café"), cheap=True)


def test_a_site_hashes_with_nineteen_mebibytes_twice() -> None:
    stored = hash_password("walnut kettle harbour seven", cheap=False)

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not needs_rehash(stored, cheap=False)
    assert needs_rehash(hash_password("x", cheap=True), cheap=False)


@pytest.mark.parametrize("cheap", [True, False])
def test_nobodys_hash_costs_what_somebodys_does(cheap: bool) -> None:
    assert not hasher(cheap).check_needs_rehash(_NOBODY[cheap])
    assert not verify_password(None, "anything", cheap=cheap)
