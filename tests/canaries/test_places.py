"""Mails, lines of the log and rows of the database are read, each under its own name."""

import gzip
import logging
from collections.abc import Iterable

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app

from tests.access.cast import person
from tests.canaries.places import Logs, left_behind, mail_texts, row_texts
from tests.canaries.reading import Text
from tests.canaries.words import Canaries
from torbay_reports.access.models import AccessRecord
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.core import clock
from torbay_reports.core.public_role import ROLE

CANARIES = Canaries()
CANARY = CANARIES.of("contract", "title")
FIRST, SECOND, THIRD, FOURTH = CANARY.marks


def found_in(texts: Iterable[Text]) -> set[tuple[str, str]]:
    return {(text.place, mark) for text in texts for mark in CANARIES.marks_in(text.data)}


def test_every_part_of_a_mail_is_read() -> None:
    letter = EmailMultiAlternatives(
        f"£ {FIRST}", "Dear £ member", to=[f"{SECOND}@council.invalid"], bcc=["b@x.invalid"]
    )
    letter.attach_alternative(f"<p>{THIRD[:6]}<b>{THIRD[6:]}</b>", "text/html")
    letter.attach(f"{FOURTH}.csv", f"a,{CANARY.sum}".encode(), "text/csv")
    letter.send()
    found = found_in(mail_texts(mail.outbox))
    assert {
        ("mail 1, header Subject", FIRST),
        ("mail 1, header To", SECOND),
        ("mail 1, text/html", THIRD),
        ("mail 1, header Content-Disposition", FOURTH),
        (f"mail 1, {FOURTH}.csv", str(CANARY.amount)),
    } <= found


def test_who_gets_a_blind_copy_is_read() -> None:
    EmailMultiAlternatives("Papers", "Dear member", bcc=[f"{FIRST}@council.invalid"]).send()
    assert found_in(mail_texts(mail.outbox)) == {("mail 1", FIRST)}


def test_lines_of_every_logger_are_read_with_arguments_and_tracebacks() -> None:
    with Logs() as logs:
        logging.getLogger("django.request").debug("Asked for %s", FIRST)
        logging.getLogger("torbay_reports.core").info("Said")
        try:
            raise ValueError(SECOND)
        except ValueError:
            logging.getLogger("a.new.one").exception("It failed.")
    assert found_in(logs.texts()) == {
        ("log of django.request, DEBUG", FIRST),
        ("log of a.new.one, ERROR", SECOND),
    }


def test_loggers_are_afterwards_as_they_were() -> None:
    django, before = logging.getLogger("django"), []
    for logger in (logging.root, django):
        before.append((logger.level, list(logger.handlers)))
    with Logs() as logs:
        assert django.handlers == [logs]
    assert [(logger.level, logger.handlers) for logger in (logging.root, django)] == before


@pytest.mark.django_db
def test_sessions_the_cache_the_record_and_jobs_are_read() -> None:
    client = Client()
    session = client.session
    session["words"] = FIRST * 20
    session.save()
    cache.set("words", {"a": [SECOND]})
    someone = person()
    AccessRecord.objects.create(at=clock.now(), kind=RecordKind.SIGN_IN, person=someone, about=THIRD)
    app.configure_task("canaries", allow_unknown=True).defer(words=[FOURTH])
    assert found_in(left_behind()) == {
        ("session", FIRST),
        ("table cache, value", SECOND),
        ("table access_accessrecord, about", THIRD),
        ("table procrastinate_jobs, args", FOURTH),
    }


@pytest.mark.django_db
def test_every_table_is_read_and_as_a_role_only_what_it_may() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE canaries_open (name text, held_back text)")
        cursor.execute("CREATE TABLE canaries_closed (file bytea)")
        cursor.execute("GRANT SELECT (name) ON canaries_open TO " + ROLE)
        cursor.execute("INSERT INTO canaries_open VALUES (%s, %s)", [FIRST, SECOND])
        cursor.execute("INSERT INTO canaries_closed VALUES (%s)", [gzip.compress(THIRD.encode())])
    name, held_back = ("table canaries_open, name", FIRST), ("table canaries_open, held_back", SECOND)
    assert found_in(row_texts()) == {name, held_back, ("table canaries_closed, file", THIRD)}
    assert found_in(row_texts(role=ROLE)) == {name}
    assert found_in(row_texts(["canaries_closed"])) == {("table canaries_closed, file", THIRD)}


@pytest.mark.django_db
def test_a_role_ends_with_the_reading() -> None:
    list(row_texts(role=ROLE))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user")
        assert cursor.fetchone() == (True,)
