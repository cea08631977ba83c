"""What those who act in the story have in common."""

import random


class Actor:
    """Somebody of the company: knows the records behind the story's names."""

    def __init__(self, stage, masters, story, clock):
        self.stage = stage
        self.env = stage.env
        self.company = stage.company
        self.masters = masters
        self.story = story
        self.days = story.days
        self.agenda = story.agenda
        self.clock = clock
        self.orders = masters.orders
        self.rng = random.Random(type(self).__name__)  # the same story every time

    def doings(self):
        """Return {kind of event: (method, (hour, minute) of the day)}."""
        raise NotImplementedError

    def as_user(self, login):
        """Return the environment of one of the company's people.

        They are the authors; superuser mode spares access rules, a third of the time.
        """
        return self.env(user=self.stage.users[login].id, su=True)
