"""Months and weekdays as people call them: a table by language, and what a word of it means."""

import re

MONTHS: dict[str, tuple[str, ...]] = {
    language: tuple(names.split())
    for language, names in {
        "English": "January February March April May June July August September October November December",
        "German": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "French": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "Spanish": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "Portuguese": "janeiro fevereiro março abril maio junho julho "
        "agosto setembro outubro novembro dezembro",
        "Italian": "gennaio febbraio marzo aprile maggio giugno luglio "
        "agosto settembre ottobre novembre dicembre",
        "Dutch": "januari februari maart april mei juni juli augustus september oktober november december",
        "Russian": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    }.items()
}
WEEKDAYS: dict[str, tuple[str, ...]] = {
    language: tuple(names.split())
    for language, names in {
        "English": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "German": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "French": "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "Spanish": "lunes martes miércoles jueves viernes sábado domingo",
        "Portuguese": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        "Italian": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "Dutch": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "Russian": "понедельник вторник среда четверг пятница суббота воскресенье",
        "Chinese": "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
        "Chinese, short": "周一 周二 周三 周四 周五 周六 周日",
        "Japanese, short": "月 火 水 木 金 土 日",
        "Japanese": "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
    }.items()
}
LETTER = "[^\\W_\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
"""What matches a letter or digit of an alphabet that parts its words."""
SHORT = 3
"""How few letters of a month or of an English weekday are enough."""


def _months() -> dict[str, tuple[int, str, int]]:
    """Map each way to write a month to its number, its language, and how short it is (0: whole)."""
    known: dict[str, tuple[int, str, int]] = {}
    for language, names in MONTHS.items():
        for length in (0, SHORT) if language == "English" else (0, SHORT, SHORT + 1):  # `janv.` has four
            short = [name[: length or None].casefold() for name in names]
            for at, name in enumerate(short):
                if short.count(name) == 1:
                    letters = length if name != names[at].casefold() else 0
                    known.setdefault(name, (at + 1, language, letters))
    return known | {"sept": (9, "English", SHORT)}


def _weekdays() -> dict[str, int]:
    known = {name.casefold(): at for names in WEEKDAYS.values() for at, name in enumerate(names)}
    for at, name in enumerate(WEEKDAYS["English"]):
        known |= {name[:SHORT].casefold(): at, name[: SHORT + 1].casefold(): at}
    return known


_MONTHS, _WEEKDAYS = _months(), _weekdays()


def _any(words: dict[str, int] | dict[str, tuple[int, str, int]]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


MONTH = rf"(?P<name>{_any(_MONTHS)})(?![^\W\d_])"
"""What matches a month's name, without case."""
MONTH_AT_ALL, WEEKDAY_AT_ALL = re.compile(_any(_MONTHS)), re.compile(_any(_WEEKDAYS))
"""What finds a name in small letters, and other words that hold one: a quick look beforehand."""
WEEKDAY = re.compile(rf"(?<!{LETTER})(?:{_any(_WEEKDAYS)})(?!{LETTER})", re.IGNORECASE)


def month(name: str) -> int:
    """Return the number of a month from its name, 1 to 12."""
    return _MONTHS[name.casefold()][0]


def like_month(old: str, number: int) -> str:
    """Write another month in the language, the length and the case of `old`."""
    _, language, length = _MONTHS[old.casefold()]
    new = MONTHS[language][number - 1][: length or None]
    return new.upper() if old.isupper() else new.capitalize() if old[0].isupper() else new


def weekday(name: str) -> int:
    """Return the number of a weekday from its name, Monday 0."""
    return _WEEKDAYS[name.casefold()]


def like_weekday(old: str, number: int) -> str:
    """Write another weekday in the language and the length of `old`."""
    for names in WEEKDAYS.values():
        for name in names:
            if name.casefold() == old.casefold():
                return names[number].capitalize() if old[0].isupper() else names[number]
    return WEEKDAYS["English"][number][: len(old)]
