import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tests.agenda.minutes.test_decisions import *
from tests.agenda.minutes.world import make_world

@pytest.mark.django_db(transaction=True)
def test_adhoc(settings):
    world = make_world()
    on(settings, DAY)
    published(world, drafted(world))
    MigrationExecutor(connection).migrate([("agenda", "0008_clerks_desk")])
    ex = MigrationExecutor(connection)
    ex.migrate(ex.loader.graph.leaf_nodes())
    assert Decision.objects.get().cited_as == "HB 6 September 2017, item 5, decision 1"
