"""French public holidays and working days of the demo company, pure Python."""

from datetime import date, timedelta

from dateutil.easter import easter


def french_holidays(year):
    """Return the public holidays of a year in France: {date: (French, English)}.

    >>> french_holidays(2026)[date(2026, 4, 6)]
    ('Lundi de Pâques', 'Easter Monday')
    >>> len(french_holidays(2026))
    11
    """
    sunday = easter(year)
    return {
        date(year, 1, 1): ("Jour de l'an", "New Year's Day"),
        sunday + timedelta(1): ("Lundi de Pâques", "Easter Monday"),
        date(year, 5, 1): ("Fête du travail", "Labour Day"),
        date(year, 5, 8): ("Victoire de 1945", "Victory in Europe Day"),
        sunday + timedelta(39): ("Ascension", "Ascension Day"),
        sunday + timedelta(50): ("Lundi de Pentecôte", "Whit Monday"),
        date(year, 7, 14): ("Fête nationale", "Bastille Day"),
        date(year, 8, 15): ("Assomption", "Assumption Day"),
        date(year, 11, 1): ("Toussaint", "All Saints' Day"),
        date(year, 11, 11): ("Armistice de 1918", "Armistice Day"),
        date(year, 12, 25): ("Noël", "Christmas Day"),
    }


class Workdays:
    """The days on which the company works: Monday to Friday less public holidays.

    >>> days = Workdays(2026, 2026)
    >>> days.add(date(2026, 4, 30), 1)
    datetime.date(2026, 5, 4)
    >>> days.add(date(2026, 5, 4), -1)
    datetime.date(2026, 4, 30)
    >>> days.next(date(2026, 5, 1))
    datetime.date(2026, 5, 4)
    """

    def __init__(self, first_year, last_year):
        self.closed = {}
        for year in range(first_year, last_year + 1):
            self.closed.update(french_holidays(year))

    def is_open(self, day):
        """Return whether the company works on that day."""
        return day.weekday() < 5 and day not in self.closed

    def next(self, day):
        """Return the day itself if the company works, else the next open one."""
        while not self.is_open(day):
            day += timedelta(1)
        return day

    def add(self, day, count):
        """Return the day ``count`` working days after (before, if negative)."""
        step = timedelta(1 if count > 0 else -1)
        for _index in range(abs(count)):
            day += step
            while not self.is_open(day):
                day += step
        return day

    def between(self, start, end):
        """Return the open days of [start, end], in order."""
        span = (end - start).days + 1
        days = (start + timedelta(offset) for offset in range(span))
        return [day for day in days if self.is_open(day)]
