"""The documents room: blocks, tables and charts, rendered for the screen."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "torbay_reports.documents"
    label = "documents"
