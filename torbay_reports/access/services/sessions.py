"""Ends sessions."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from torbay_reports.access.models import User


def end_sessions(person: User) -> None:
    """Signs the person out on every device, at once: the next request of each is a stranger's."""
    # Whose a session is stands only inside it; the list of devices may lack one.
    running = Session.objects.filter(expire_date__gt=Now())
    own = [each.pk for each in running.iterator() if each.get_decoded().get(SESSION_KEY) == str(person.pk)]
    Session.objects.filter(pk__in=own).delete()
    UserSession.objects.filter(user=person).delete()
