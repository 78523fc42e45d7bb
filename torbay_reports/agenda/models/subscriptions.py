"""Who is told by mail when something goes out for a committee's meetings, and what was told to whom."""

from django.db import models
from django.db.models.functions import Lower

from torbay_reports.agenda.models.meetings import Committee, Instalment


class Subscription(models.Model):
    """One address that wants a message for each instalment of a committee; none is sent before it is confirmed."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="subscriptions")
    email = models.EmailField()
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("committee", Lower("email"), name="agenda_subscription_once"),
        ]

    def __str__(self) -> str:
        return f"Subscription {self.pk}"


class Notice(models.Model):
    """That a version of an instalment went out and is to be told: one message to each subscriber, not one a paper."""

    instalment = models.ForeignKey(Instalment, on_delete=models.CASCADE, related_name="notices")
    version = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instalment", "version"], name="agenda_notice_once")]

    def __str__(self) -> str:
        return f"Notice of version {self.version} of instalment {self.instalment_id}"


class NoticeDelivery(models.Model):
    """That a notice was handed to the mail server for a subscriber, so that a killed worker tells none twice."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="deliveries")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "notice deliveries"
        constraints = [
            models.UniqueConstraint(fields=["notice", "subscription"], name="agenda_noticedelivery_once"),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"
