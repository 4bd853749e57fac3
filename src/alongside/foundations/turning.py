"""Turning keys: what lies sealed stays as it is, only the keys above it are wrapped anew (decision 0013).

Each can be stopped at any moment and called again: it goes on where it was. Done as the owner of the database.
"""

import secrets
from collections.abc import Callable
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connections, transaction

from alongside.foundations import agency_keys, keys, master

AT_ONCE = 1_000
Tick = Callable[[int], object]

OLDER = (
    "SELECT d.keeper, d.wrapped, a.generation, a.wrapped, a.master FROM foundations_datakey d "
    "JOIN foundations_agencykey a ON a.agency_id = d.agency_id AND a.generation = d.generation "
    "WHERE d.agency_id = %s AND d.generation < %s ORDER BY d.keeper LIMIT %s FOR UPDATE OF d"
)
ALL_AGENCIES = "SELECT agency_id, generation, wrapped, master FROM foundations_agencykey ORDER BY agency_id, generation"


def keys_to_turn(agency: UUID) -> int:
    """How many keys a turning of the agency's key goes through."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM foundations_datakey WHERE agency_id = %s AND generation IS NOT NULL", [agency]
        )
        return int(cursor.fetchone()[0])


def turn_agency(agency: UUID, tick: Tick = lambda _many: None) -> int:
    """Wrap every key of an agency under a fresh one and let the old one go; how many were wrapped.

    A turning that was stopped is gone on with, under the key it had begun with.
    """
    newest, _cipher = agency_keys.newest_of(agency, "owner")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT min(generation) FROM foundations_agencykey WHERE agency_id = %s", [agency])
        begun = cursor.fetchone()[0] < newest
    if not begun:
        newest = _next_generation(agency, newest)
    turned = 0
    while many := _turn_some(agency, newest):
        turned += many
        tick(many)
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM foundations_agencykey WHERE agency_id = %s AND generation < %s", [agency, newest])
    keys.forget()
    return turned


def _next_generation(agency: UUID, newest: int) -> int:
    above = master.present(may_make=False)
    wrapped = agency_keys.wrap(
        AESGCM(above), secrets.token_bytes(agency_keys.LENGTH), agency_keys.agency_place(agency, newest + 1)
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT sealing_agency_key_add(%s, %s, %s, %s)", [agency, newest + 1, master.mark_of(above), wrapped]
        )
    return newest + 1


def _turn_some(agency: UUID, newest: int) -> int:
    """Wrap the next keys anew, all of them or none."""
    _generation, cipher = agency_keys.newest_of(agency, "owner")
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(OLDER, [agency, newest, AT_ONCE])
        anew = []
        for keeper, wrapped, generation, above, mark in cursor.fetchall():
            before = agency_keys.agency_cipher(agency, generation, bytes(above), mark)
            key = agency_keys.unwrap(before, bytes(wrapped), keeper.bytes)
            anew.append((newest, agency_keys.wrap(cipher, key, keeper.bytes), keeper))
        cursor.executemany("UPDATE foundations_datakey SET generation = %s, wrapped = %s WHERE keeper = %s", anew)
        return len(anew)


def turn_master(tick: Tick = lambda _many: None) -> int:
    """Wrap every agency's key under a fresh master key, and let the old one go; how many were wrapped.

    From then on what was copied of the database before, backups too, opens only for whoever kept the old key. Raises
    `KeyMissing` where the environment gives the key and does not give the next one.
    """
    fresh = master.begin_next()
    with connections["owner"].cursor() as cursor:
        cursor.execute(ALL_AGENCIES)
        rows = cursor.fetchall()
        turned = 0
        for agency, generation, wrapped, mark in rows:
            if mark != master.mark_of(fresh):
                place = agency_keys.agency_place(agency, generation)
                key = agency_keys.unwrap(AESGCM(master.the_one(mark)), bytes(wrapped), place)
                cursor.execute(
                    "UPDATE foundations_agencykey SET wrapped = %s, master = %s WHERE agency_id = %s AND generation = %s",
                    [agency_keys.wrap(AESGCM(fresh), key, place), master.mark_of(fresh), agency, generation],
                )
                turned += 1
            tick(1)
    master.let_old_go()
    keys.forget()
    return turned


def marks_in_use() -> set[str]:
    """The marks of the master keys that some agency's key is wrapped under."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT DISTINCT master FROM foundations_agencykey")
        return {mark for (mark,) in cursor.fetchall()}
