"""Reading times that lean on the report or on another date: weekdays, "last week", "two days later",
lengths of time, sets, and times of day.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from onrecord import intervals
from onrecord.calendar_dates import Hit, Kind, Meaning, found, read_month, read_month_year, read_year
from onrecord.intervals import Period

# ---------------------------------------------------------------- days relative to the report


def read_weekday(hit: Hit) -> Meaning | None:
    """Thursday: the nearest before the report, or after it where the verb looks ahead."""
    number, published, part = hit.value("W"), hit.published, hit.value("P")
    kind: Kind = "TIME" if part else "DATE"
    if published is None:
        return Meaning(kind, f"XXXX-WXX-{number + 1}")
    direction = hit.direction()
    if hit.has("U"):
        return _dated(intervals.calendar_unit(hit.value("U"), published, direction or 0), number, hit)
    day = _near_weekday(published, number, direction, hit)
    return None if day is None else Meaning(kind, day.isoformat() + (f"T{part}" if part else ""), day, day)


def _dated(week: Period | None, number: int, hit: Hit) -> Meaning | None:
    """Thursday of last week."""
    day = intervals.move(week.first, number) if week and (week.last - week.first).days == 6 else None
    return found(intervals.one_day(day)) if day else None


def _near_weekday(published: date, number: int, direction: int | None, hit: Hit) -> date | None:
    gone = (published.weekday() - number) % 7
    ahead = (number - published.weekday()) % 7
    if direction == -1:
        return intervals.move(published, -(gone or 7))
    if direction == 1:
        return intervals.move(published, ahead or 7)
    if hit.tense == "future":
        return intervals.move(published, ahead)
    if direction == 0:
        return intervals.move(published, number - published.weekday())
    return intervals.move(published, -gone)


def read_deictic(hit: Hit) -> Meaning | None:
    """yesterday, tonight, earlier today, tomorrow night, overnight."""
    word, published = hit.scan.lower(hit.find("D") or 0), hit.published
    sets = hit.scan.known.sets
    part = hit.value("P") or ("NI" if word in sets["night_words"] else None)
    kind: Kind = "TIME" if part else "DATE"
    if published is None:
        return Meaning(kind, None)
    day = intervals.move(published, hit.value("D"))
    if day is None:
        return None
    first = intervals.move(day, -1) if word in sets["two_day_words"] else day
    return Meaning(kind, day.isoformat() + (f"T{part}" if part else ""), first, day)


def read_beyond(hit: Hit) -> Meaning | None:
    """the day before yesterday, the day after tomorrow."""
    step = -1 if hit.has("b") else 1
    if hit.value("U") != "day" or hit.published is None or hit.value("D") * step <= 0:
        return None
    day = intervals.move(hit.published, hit.value("D") + step)
    return found(intervals.one_day(day)) if day else None


def read_daypart(hit: Hit) -> Meaning | None:
    """this morning, last night, that evening."""
    published, part = hit.published, hit.value("P")
    if hit.has("y"):
        base = hit.scan.anchor.last if hit.scan.anchor else None
    else:
        base = intervals.move(published, hit.direction() or 0) if published else None
    return Meaning("TIME", base.isoformat() + f"T{part}" if base else None, base, base)


def read_relative(hit: Hit) -> Meaning | None:
    """last week, this year, earlier this month, the end of next year, the weekend, recent weeks."""
    unit, published = hit.value("UG"), hit.published
    plural = hit.scan.lower(hit.find("UG") or 0) in hit.scan.known.plural
    if plural and unit == "day" and hit.has("h"):
        return Meaning("DATE", "PRESENT_REF")  # "these days"
    if not plural and hit.scan.anchor and any(hit.scan.lower(i) in hit.scan.known.sets["anaphoric"] for i in range(hit.first, hit.last)):
        return _anchored(hit, hit.direction() or 0)
    if hit.has("V") or plural:
        return Meaning("DATE", intervals.duration(None, unit)) if unit in intervals.DAYS or unit in intervals.MONTHS else None
    if hit.has("y") or (unit in ("day", "night") and not hit.has("h0")):
        return _anchored(hit, hit.direction() or 0)
    if published is None:
        return Meaning("DATE", None)
    if hit.code.startswith("tp") or hit.code.startswith("hp") and unit != "weekend":
        return _trailing(hit, 1, unit, -1)
    period = intervals.calendar_unit(unit, published, hit.direction() or 0)
    return _so_far(hit, period, published) if hit.has("bf") else found(period, hit)


def _so_far(hit: Hit, period: Period | None, published: date) -> Meaning | None:
    """earlier this week: from Monday to the day before the report; later this month: what is left of it."""
    if period is None or not period.first <= published <= period.last:
        return found(period)
    if hit.has("f"):
        return Meaning("DATE", period.value, published, period.last)
    end = intervals.move(published, -1) if (period.last - period.first).days < 7 else published
    return Meaning("DATE", period.value, period.first, max(end or published, period.first))


def _anchored(hit: Hit, count: int) -> Meaning | None:
    """that day, the next day, the same week: read against the last date spoken of."""
    anchor, unit = hit.scan.anchor, hit.value("UG")
    return found(intervals.calendar_unit(unit, anchor.last if count > 0 else anchor.first, count)) if anchor else Meaning("DATE", None)


def read_weekend(hit: Hit) -> Meaning | None:
    """the weekend: the last one, or the coming one where the verb looks ahead."""
    published = hit.published
    if hit.value("U") != "weekend":
        return None
    if published is None:
        return Meaning("DATE", "XXXX-WXX-WE")
    ahead = hit.tense == "future"
    return found(intervals.weekend(published, 0 if ahead or published.weekday() >= 5 else -1))


def read_period_end(hit: Hit) -> Meaning | None:
    """the end of the year, mid-month, year-end."""
    published = hit.published
    unit = hit.value("8") or hit.value("UG")
    if hit.code[-1] == "B" and not _year_end(hit):
        return None
    if published is None or hit.scan.lower(hit.last) in hit.scan.known.plural or unit in ("night", "second", "minute", "hour"):
        return None
    period = intervals.calendar_unit(unit, published)
    if hit.has("8") and period:
        narrow = intervals.edge(period, "end")
        return Meaning("DATE", period.value, narrow.first, narrow.last)
    return _so_far(hit, period, published) if hit.has("bf") else found(period, hit)


def _year_end(hit: Hit) -> bool:
    """ "By year's end", "around year end", and not "the week start" or "the years end"."""
    between = hit.scan.lower(hit.last - 1)
    return hit.value("B") == "end" and hit.value("U") == "year" and ("." not in hit.code or between in hit.scan.known.sets["owns"])


def _count(hit: Hit) -> float | None:
    """The number before a unit; None when it is vague."""
    if hit.has("v"):
        return None
    end = hit.find("%") or hit.last + 1  # "two or three weeks" are two
    apart = hit.find("&")
    if apart is not None and "&aG" not in hit.code and (hit.scan.words[apart - 1].value or 0) % 100:
        hit.first = apart + 1  # "between 60 and 90 days"
    numbers = [hit.scan.words[i].value for i in range(hit.first, end) if hit.scan.code[i] in "NuY"]
    half = 0.5 if "&aG" in hit.code else 0.0
    return sum(numbers) + half if numbers else 1.0 + half if hit.has("a") else None


def read_past_units(hit: Hit) -> Meaning | None:
    """in the past two months, the next few days."""
    count, unit = _count(hit), hit.value("UG")
    step = 1 if hit.has("n") else -1
    if count is None:
        return Meaning("DURATION", intervals.duration(None, unit))
    return _trailing(hit, count, unit, step)


def _trailing(hit: Hit, count: float, unit: str, step: int) -> Meaning | None:
    """So many units up to the report, or from it on."""
    value, published = intervals.duration(count, unit), hit.published
    other = intervals.shift(published, step * round(count), unit) if published else None
    if published is None or other is None or unit in ("second", "minute"):
        return Meaning("DURATION", value)
    if unit == "hour":
        other = intervals.move(published, step * max(1, round(count / 24))) or published
    return Meaning("DURATION", value, min(published, other), max(published, other))


def read_ago(hit: Hit) -> Meaning | None:
    """two weeks ago, a year ago, decades ago."""
    count, unit, published = _count(hit), hit.value("UG"), hit.published
    if count is None or published is None:
        return Meaning("DATE", "PAST_REF" if count is None else None)
    if hit.has("%") and hit.scan.lower((hit.find("%") or 0) + 1) not in hit.scan.known.sets["about_so"] and "%." in hit.code:
        return None
    if unit == "year" and count == 1 and hit.scan.quarter:
        return found(_year_before(hit.scan.quarter))
    if hit.has("D"):
        return _to_the_day(published, -round(count), unit, hit)
    return found(_units_away(published, -round(count), unit))


def _year_before(quarter: Period) -> Period | None:
    """The same quarter of the year before: with which a report of a quarter compares."""
    return intervals.part((quarter.first.month + 2) // 3, 3, quarter.first.year - 1, "Q")


def newest_quarter(known: Period | None, value: str | None, published: date | None) -> Period | None:
    """The later of a quarter and another value of TIMEX3, when that is a quarter that has begun."""
    if value is None or published is None or not _QUARTER.fullmatch(value):
        return known
    other = intervals.part(int(value[-1]), 3, int(value[:4]), "Q")
    if other is None or other.first > published or (known is not None and other.first < known.first):
        return known
    return other


_QUARTER: Final = re.compile(r"\d{4}-Q[1-4]")


def read_the_quarter(hit: Hit) -> Meaning | None:
    """ "For the quarter, profit fell": the quarter that the report is about."""
    return found(hit.scan.quarter) if hit.value("G") == "quarter" else None


def read_the_day(hit: Hit) -> Meaning | None:
    """ "Ended the day at": the last day spoken of; None for "the day that", "the day of"."""
    tokens, day = hit.scan.sentence.tokens, hit.scan.day
    ends = tokens[hit.last].dep == "dobj" and hit.scan.sentence.head(hit.last).lemma in hit.scan.known.sets["ending"]
    alone = hit.scan.sentence.kid(hit.last, "relcl", "acl", "prep", "amod", "compound") is None
    return found(intervals.one_day(day)) if ends and alone and day and hit.value("U") == "day" else None


def read_past_alone(hit: Hit) -> Meaning | None:
    """ "In the past": no days; None for "the past week", "the previous government"."""
    tokens, after = hit.scan.sentence.tokens, hit.last + 1
    more = after < len(tokens) and (tokens[after].pos in ("NOUN", "PROPN", "ADJ", "NUM") or tokens[hit.last].head > hit.last)
    return None if more or hit.scan.lower(hit.last) not in hit.scan.known.sets["gone"] else Meaning("DATE", "PAST_REF")


def _to_the_day(published: date, count: int, unit: str, hit: Hit) -> Meaning | None:
    """30 years ago today."""
    day = intervals.shift(published, count, unit) if hit.value("D") == 0 else None
    return found(intervals.one_day(day)) if day else None


def read_week_but_one(hit: Hit) -> Meaning | None:
    """the week before last, the year after next."""
    count = -2 if hit.has("b") else 2
    return found(intervals.calendar_unit(hit.value("U"), hit.published, count)) if hit.published else Meaning("DATE", None)


def _units_away(day: date, count: int, unit: str) -> Period | None:
    """The day, week, month or year so many units away."""
    if unit in ("second", "minute", "hour"):
        return intervals.one_day(day)
    if unit in ("decade", "century", "quarter"):
        other = intervals.shift(day, count, unit)
        return intervals.calendar_unit("month" if unit == "quarter" else "year", other) if other else None
    return intervals.calendar_unit(unit, day, count)


def read_ahead(hit: Hit) -> Meaning | None:
    """in two weeks, within three days: ahead where the verb looks ahead, else a length of time."""
    count, unit, published = _count(hit), hit.value("UG"), hit.published
    hit.first += 1
    if count is None or published is None or hit.tense != "future":
        return read_length(hit)
    period = _units_away(published, round(count), unit)
    if period is None:
        return None
    return Meaning("DATE", period.value, period.first, period.last, first=hit.first)


def read_shifted(hit: Hit) -> Meaning | None:
    """three days later, a month earlier: counted from the last date spoken of."""
    count, unit = _count(hit), hit.value("UG")
    value = intervals.duration(count, unit)
    anchor = hit.scan.anchor
    after = hit.scan.sentence.tokens[hit.last + 1 : hit.last + 2]
    bound = hit.scan.sentence.tokens[hit.last].dep in ("prep", "mark") and after != () and after[0].pos != "PUNCT"
    if hit.scan.lower(hit.last) in hit.scan.known.sets["doubtful_shift"] and bound:
        hit.last -= 1
        return Meaning("DURATION", value)
    if unit == "year" and count == 1 and hit.has("b") and hit.scan.quarter:
        return found(_year_before(hit.scan.quarter))
    if count is None or anchor is None or unit in ("second", "minute", "hour"):
        return Meaning("DURATION", value)
    return _from_anchor(anchor, round(count) * (-1 if hit.has("b") else 1), unit)


def _from_anchor(anchor: Period, count: int, unit: str) -> Meaning | None:
    if unit in ("week", "fortnight") and anchor.first == anchor.last:
        day = intervals.shift(anchor.first, count, unit)
        return found(intervals.one_day(day)) if day else None
    return found(_units_away(anchor.first, count, unit))


def read_length(hit: Hit) -> Meaning | None:
    """two years, several days, five-day."""
    if hit.has("R"):
        value = hit.value("R")
    else:
        place = hit.find("U") or hit.find("G") or hit.last
        count, unit = _count(hit), hit.scan.words[place].value
        if _no_length(hit, unit) or _rate(hit):
            return None
        value = intervals.duration(count, unit)
    return Meaning("DURATION", value, length=intervals.plain_duration(value), first=hit.first)


def _no_length(hit: Hit, unit: str) -> bool:
    """True for a bare unit that nothing leads in, for ages, and for "a quarter of" or "a half"."""
    sets, after = hit.scan.known.sets, hit.scan.lower(hit.last + 1)
    bare = hit.code[0] in "UG" and hit.scan.lower(hit.first - 1) not in sets["for"]
    aged = after in sets["age_words"] or hit.scan.lower(hit.first - 1) in sets["age_words"]
    share = unit == "half" or (unit == "quarter" and hit.has("a") and not hit.has("v"))
    return bare or aged or share or (hit.has("Y") and unit != "year")


def _rate(hit: Hit) -> bool:
    """True for "four flights a week" and "$2 million a year": how often, not how long."""
    tokens = hit.scan.sentence.tokens
    before = tokens[hit.first - 1] if hit.first else None
    counted = before is not None and (before.pos in ("NOUN", "PROPN", "NUM", "SYM") or before.tag == "CD")
    return hit.code in ("aU", "aG") and counted and tokens[hit.last].dep in ("npadvmod", "nmod", "dep")


def read_part_length(hit: Hit) -> Meaning | None:
    """the first nine months (of 1998)."""
    count, unit = _count(hit), hit.value("U")
    return Meaning("DURATION", intervals.duration(count, unit))


def read_part_of(hit: Hit) -> Meaning | None:
    """the first week of May, the last day of 2020, the last month of this year."""
    first, unit, published = hit.find("U") or hit.last, hit.value("U"), hit.published
    rest = Hit(hit.scan, first + 2, hit.last + 1)
    if unit not in ("day", "week", "month"):
        return None
    reader = read_month_year if rest.has("M") and rest.has("Y") else read_month if rest.has("M") else read_year if rest.has("Y") else None
    whole = reader(rest) if reader else None
    if whole is None and rest.has("U") and published:
        whole = found(intervals.calendar_unit(rest.value("U"), published, rest.direction() or 0))
    if whole is None or whole.earliest is None or whole.latest is None:
        return whole
    return _nth(Period(whole.earliest, whole.latest, whole.value or ""), unit, -1 if hit.has("l") else hit.value("o"))


def _nth(whole: Period, unit: str, number: int) -> Meaning | None:
    """The nth day, week or month of a period; -1 is the last."""
    first: date | None
    last: date | None
    if number < 0:
        end = intervals.shift(whole.last, -1, unit)
        first, last = intervals.move(end, 1) if end and unit != "month" else whole.last.replace(day=1), whole.last
    else:
        first, after = intervals.shift(whole.first, number - 1, unit), intervals.shift(whole.first, number, unit)
        last = intervals.move(after, -1) if after else None
    if first is None or last is None or not whole.first <= first <= last <= whole.last:
        return None
    return Meaning("DATE", first.isoformat() if unit == "day" else whole.value, first, last)


def read_set(hit: Hit) -> Meaning | None:
    """every Monday, each year, daily, Tuesdays."""
    if hit.has("wW"):
        return Meaning("SET", f"XXXX-WXX-{hit.value('wW') + 1}")
    unit = hit.value("UG")
    return Meaning("SET", intervals.duration(_count(hit) or 1, unit)) if unit else Meaning("SET", None)


def read_a_year_earlier(hit: Hit) -> Meaning | None:
    """year-earlier, month-ago: the calendar year or month before the report's, or the same quarter a year before."""
    if hit.value("7") == "year" and hit.published and hit.has("o"):
        return found(intervals.part(hit.value("o"), 3, hit.published.year - 1, "Q")) if hit.value("o") <= 4 else None
    if hit.value("7") == "year" and hit.scan.quarter:
        return found(_year_before(hit.scan.quarter))
    period = intervals.calendar_unit(hit.value("7"), hit.published, -1) if hit.published else None
    return found(period) if period else Meaning("DATE", None)


def read_reference(hit: Hit) -> Meaning | None:
    """now, currently, recently: times that name no days."""
    if hit.has("x"):
        return Meaning("SET", hit.value("x"))
    if hit.scan.lower(hit.first) in hit.scan.known.sets["led_references"] and not _led(hit):
        return None
    return Meaning("DATE", hit.value("d") or ("PAST_REF" if hit.has("V") else "PRESENT_REF"))


def _led(hit: Hit) -> bool:
    """ "In the (near) future", and not "the future of trade", "future losses"."""
    sets, before = hit.scan.known.sets, hit.first - 1
    while hit.scan.lower(before) in sets["reference_leads"]:
        before -= 1
    return hit.scan.lower(before) in sets["reference_prepositions"] and hit.scan.code[hit.last + 1 : hit.last + 2] != "k"


def read_on_the_day(hit: Hit) -> Meaning | None:
    """on the 10th: the nearest month that has it, before the report or after it."""
    published, day, after = hit.published, hit.value("o"), hit.last + 1
    tokens = hit.scan.sentence.tokens
    if after < len(tokens) and (tokens[after].pos in ("NOUN", "ADJ", "PROPN", "NUM") or hit.scan.code[after : after + 2] == "kM"):
        return None
    if not hit.scan.lower(hit.last)[0].isdigit() or not 1 <= day <= 31:
        return None
    hit.first += 1
    if published is None:
        return Meaning("DATE", f"XXXX-XX-{day:02d}", first=hit.first)
    months = [m for n in (-2, -1, 0, 1, 2) if (m := intervals.month(published.year, published.month + n)) and m.last.day >= day]
    days = [month.first.replace(day=day) for month in months]
    ahead, gone = [d for d in days if d >= published], [d for d in days if d <= published]
    chosen = ahead[0] if hit.tense == "future" and ahead else gone[-1] if gone else None
    return Meaning("DATE", chosen.isoformat(), chosen, chosen, first=hit.first) if chosen else None


def read_weekday_the(hit: Hit) -> Meaning | None:
    """Thursday the 21st: the nearest day that is both."""
    published, number, day = hit.published, hit.value("W"), hit.value("o")
    after = hit.scan.sentence.tokens[hit.last + 1 : hit.last + 2]
    if after and after[0].pos in ("NOUN", "PROPN", "ADJ"):
        return None  # "announced on Tuesday the first generation"
    if published is None:
        return Meaning("DATE", f"XXXX-XX-{day:02d}")
    near = (intervals.move(published, sign * n) for n in range(200) for sign in (-1, 1))
    fit = next((d for d in near if d and d.day == day and d.weekday() == number), None)
    return found(intervals.one_day(fit)) if fit else None


# ---------------------------------------------------------------- times of day


def read_time(hit: Hit) -> Meaning | None:
    """3:35 p.m. EST, 16:00 GMT, midnight, noon Moscow time."""
    clock = _clock(hit)
    if clock is None:
        return None
    zone = _zone(hit)
    published = hit.published
    value = f"{published.isoformat() if published else 'XXXX-XX-XX'}T{clock}" + ("Z" if zone in ("UTC", "GMT") else "")
    return Meaning("TIME", value, hit.scan.day, hit.scan.day, time=clock, zone=zone)


def _clock(hit: Hit) -> str | None:
    """The time of day as HH:MM."""
    if hit.has("L"):
        return str(hit.value("L"))
    if hit.has("C") and not hit.has("A"):
        word = hit.scan.words[hit.find("C") or 0]
        at = hit.scan.lower(hit.first - 1) in hit.scan.known.sets["clock_leads"]
        return str(word.value) if at or hit.has("Z2") or word.edge else None
    if hit.has("Y"):
        hour, minute = divmod(hit.value("Y"), 100)
        return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
    return _half_day(hit)


def _half_day(hit: Hit) -> str | None:
    """Five p.m. is 17:00."""
    hour, minute = (int(part) for part in hit.value("C").split(":")) if hit.has("C") else (hit.value("uN"), 0)
    half = hit.value("A")
    if half is None:
        return f"{hour:02d}:{minute:02d}" if hour < 24 else None
    if not 1 <= hour <= 12:
        return None
    return f"{hour % 12 + (12 if half == 'pm' else 0):02d}:{minute:02d}"


def _zone(hit: Hit) -> str | None:
    """GMT, EST, Moscow time; None where the text names no zone."""
    place = hit.find("Z")
    if place is not None:
        return hit.scan.sentence.tokens[place].text
    place = hit.find("3")
    return None if place is None else f"{hit.scan.sentence.tokens[place].text} time"
