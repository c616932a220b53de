import pytest

from atlaas.rules.contact import looks_personal


@pytest.mark.parametrize(
    "address", ["nadia.benali@exemple.fr", "n.benali@exemple.fr", "jean-luc.petit2@exemple.fr"]
)
def test_an_address_of_a_person_is_seen(address):
    assert looks_personal(address) is True


@pytest.mark.parametrize(
    "address", ["", "mairie@exemple.fr", "service.jeunesse@exemple.fr", "espace-numerique@exemple.fr", "x"]
)
def test_a_shared_mailbox_is_not(address):
    assert looks_personal(address) is False
