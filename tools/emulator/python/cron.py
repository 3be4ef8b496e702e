"""Schedules of EventBridge: cron(minutes hours days-of-month months days-of-week years) and rate(value unit), in UTC.

Source: "Setting a schedule pattern for scheduled rules" in the Amazon EventBridge User Guide.
"""

from __future__ import annotations

import calendar
import datetime
import re

MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr) if name}
# Sunday is the first.
DAYS = {name: number for number, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"), 1)}
UNITS = {"minute": 60, "hour": 3600, "day": 86400}


class NoSchedule(ValueError):
    """Why a text is no schedule."""


def is_due(expression: str, moment: datetime.datetime, since: datetime.datetime) -> bool:
    """Whether a schedule that exists since then fires in this minute."""
    rate = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression.strip())
    if rate:
        minutes = int((moment.replace(second=0, microsecond=0) - since.replace(second=0, microsecond=0)).total_seconds()) // 60
        return minutes > 0 and minutes % (int(rate[1]) * UNITS[rate[2]] // 60) == 0
    cron = re.fullmatch(r"cron\((.*)\)", expression.strip())
    fields = cron[1].split() if cron else []
    if len(fields) != 6:
        raise NoSchedule(f"{expression} is neither cron(six fields) nor rate(value unit)")
    minute, hour, day, month, weekday, year = fields
    return (
        matches(minute, moment.minute, 0, 59)
        and matches(hour, moment.hour, 0, 23)
        and matches(month, moment.month, 1, 12, MONTHS)
        and matches(year, moment.year, 1970, 2199)
        and on_day(day, moment)
        and on_weekday(weekday, moment)
    )


def matches(field: str, value: int, first: int, last: int, names: dict[str, int] | None = None) -> bool:
    """Whether a field has a value: *, a, a-b, and steps of these, in a list."""
    for part in field.upper().split(","):
        span, _, step = part.partition("/")
        low, _, high = span.partition("-")
        if span in ("*", "?"):
            start, end = first, last
        else:
            start = number(low, names)
            end = number(high, names) if high else last if step else start
        if start <= value <= end and (value - start) % int(step or 1) == 0:
            return True
    return False


def number(text: str, names: dict[str, int] | None) -> int:
    if names and text in names:
        return names[text]
    if not text.isdigit():
        raise NoSchedule(f"{text} is no number")
    return int(text)


def on_day(field: str, moment: datetime.datetime) -> bool:
    """L is the month's last day, 3W the working day that is nearest to the third."""
    last = calendar.monthrange(moment.year, moment.month)[1]
    if field.upper() == "L":
        return moment.day == last
    nearest = re.fullmatch(r"(\d+)W", field.upper())
    if nearest:
        wanted = min(int(nearest[1]), last)
        weekday = moment.replace(day=wanted).weekday()
        shift = {5: -1 if wanted > 1 else 2, 6: 1 if wanted < last else -2}.get(weekday, 0)
        return moment.day == wanted + shift
    return matches(field, moment.day, 1, 31)


def on_weekday(field: str, moment: datetime.datetime) -> bool:
    """6L is the month's last Friday, 6#3 its third."""
    today = moment.isoweekday() % 7 + 1
    text = field.upper()
    last = re.fullmatch(r"(\w+?)L", text)
    if last:
        return today == number(last[1], DAYS) and moment.day + 7 > calendar.monthrange(moment.year, moment.month)[1]
    nth = re.fullmatch(r"(\w+)#(\d)", text)
    if nth:
        return today == number(nth[1], DAYS) and (moment.day - 1) // 7 + 1 == int(nth[2])
    return matches("7" if text == "L" else text, today, 1, 7, DAYS)
