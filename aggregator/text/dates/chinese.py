"""China, and Chinese with Gregorian years anywhere: 2026年11月19日, 二〇二六年十一月十九日."""

from aggregator.text.dates.day import Day, Place, year_month_day


def find(text: str, _place: Place) -> Day | None:
    """Return the first day written with 年 and 月."""
    return year_month_day(text, "chinese")
