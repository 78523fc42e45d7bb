"""The published tracker's steps, for tests that compare with the source where it is at hand."""

from typing import Any

from tests.fixtures_text.tracker import needs_published, published_themes

__all__ = ["needs_published", "published_actions", "published_steps"]


def published_actions() -> list[dict[str, Any]]:
    """Every action, in the order of print."""
    return [
        action for theme in published_themes() for priority in theme["priorities"] for action in priority["actions"]
    ]


def published_steps() -> list[dict[str, Any]]:
    """Every step, in the order of print."""
    return [step for action in published_actions() for step in action["steps"]]
