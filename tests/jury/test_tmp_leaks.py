import pytest, re
import tests.leaks as L
from tests.jury.test_leaks import *
pytestmark = [pytest.mark.django_db]
def go(world, secrets, out):
    c = world.clients()
    clients = {"staff": c["staff"], "partner": c["partner"], "candidate": c["candidate"], "organiser": c["organiser"]}
    NOISY = re.compile("nouvelle|annote|adresse|lettre.pdf")
    keys = [k for k in L.questions(clients) if k[0]=="staff" or NOISY.search(k[2])]
    before = L.ask(world, clients, keys)
    before = L.ask(world, clients, keys)
    print("NOISE", L.differing(before, L.ask(world, clients, keys)), file=out)
    for name, one in secrets.items():
        print(name, L.differing(before, L.with_secret(world, clients, keys, one)), file=out)
def test_x(world):
    with open("/tmp/leaks.out","w",buffering=1) as out:
        go(world, {"score": another_score, "identity": another_author, "recusal": another_tie}, out)
        world.sit()
        print("SIT", file=out)
        world.addresses.clear()
        def habits(world):
            from jury.models import Sitting
            Sitting.objects.update(habits={"x": 1})
        go(world, {"score": another_score, "decision": another_decision, "habits": habits}, out)
        world.close()
        print("CLOSE", file=out)
        go(world, {"correction": a_correction}, out)
