"""Ofsted inspections and their findings, each answered by steps of an improvement plan."""
