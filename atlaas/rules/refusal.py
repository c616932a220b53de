"""What an operation answers when it will not do what it is asked; the sentence is shown to people as it is."""


class Refused(Exception):
    """A rule says no; `str(refused)` is a French sentence that says why and how to go on."""


class Conflict(Refused):
    """The thing was changed since it was read: both texts are kept, so that nothing is overwritten in silence.

    `current` is what is stored now (with its version), `proposed` what the person wanted to write.
    """

    def __init__(self, sentence: str, *, current: object, proposed: object) -> None:
        super().__init__(sentence)
        self.current = current
        self.proposed = proposed
