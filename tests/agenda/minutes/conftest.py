import pytest
from django.test import Client

from tests.agenda.minutes.world import World, browser_of, make_world


@pytest.fixture
def world(db: None) -> World:
    """A meeting tomorrow, of which nothing is out."""
    return make_world()


@pytest.fixture
def desk(world: World) -> Client:
    """Its clerk's browser."""
    return browser_of(world.clerk)
