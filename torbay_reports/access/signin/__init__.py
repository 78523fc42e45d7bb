"""Signing in, by django-allauth: password, second factor, passkey, the council's sign-in service, sessions."""
