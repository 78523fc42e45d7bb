"""Telling people of what goes out: subscriptions by mail, a message for an instalment, and feeds."""
