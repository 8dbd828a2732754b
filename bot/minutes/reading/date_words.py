"""The names of months and weekdays in several languages, and which month or weekday a name means."""

import re
from datetime import date

from bot.minutes.text.caseless import any_of

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
        "Slovak": "január február marec apríl máj jún júl august september október november december",
        "Slovak, of": "januára februára marca apríla mája júna júla augusta septembra októbra novembra "
        "decembra",
        "Czech": "ledna února března dubna května června července srpna září října listopadu prosince",
        "Russian": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "Swedish": "januari februari mars april maj juni juli augusti september oktober november december",
        "Danish": "januar februar marts april maj juni juli august september oktober november december",
        "Norwegian": "januar februar mars april mai juni juli august september oktober november desember",
        "Polish": "stycznia lutego marca kwietnia maja czerwca lipca "
        "sierpnia września października listopada grudnia",
        "Catalan": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
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
        "Swedish": "måndag tisdag onsdag torsdag fredag lördag söndag",
        "Danish": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        "Polish": "poniedziałek wtorek środa czwartek piątek sobota niedziela",
        "Catalan": "dilluns dimarts dimecres dijous divendres dissabte diumenge",
        "Chinese": "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
        "Chinese, short": "周一 周二 周三 周四 周五 周六 周日",
        "Japanese, short": "月 火 水 木 金 土 日",
        "Japanese": "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
    }.items()
}
ERAS = {"令和": 2019, "平成": 1989}
"""The first year of each era that Japanese dates count from: 令和8年 is 2026."""
_NEWEST, _SINCE = "令和", date(2019, 5, 1)
LETTER = "[^\\W_\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
"""The pattern of a letter or digit, except for Chinese, Japanese and Korean, which follow without a space."""
_UNSHORTENED = ("Slovak", "Slovak, of", "Czech", "Swedish", "Danish", "Norwegian", "Polish", "Catalan")
"""Languages whose months are read in full only: their abbreviations are words in other languages."""
SHORT = 3
"""The number of letters in the shortest abbreviation of a month or of an English weekday."""


def _lengths(language: str) -> tuple[int, ...]:
    """Return the lengths in letters of the names of months that are read, 0 for whole names."""
    if language in _UNSHORTENED:
        return (0,)
    return (0, SHORT) if language == "English" else (0, SHORT, SHORT + 1)  # `janv.` has four


def _months() -> dict[str, tuple[int, str, int]]:
    """Return a map from each name of a month, casefolded, to its number, its language and its length.

    The length is that of an abbreviation in letters, 0 for a whole name.
    """
    known: dict[str, tuple[int, str, int]] = {}
    for language, names in MONTHS.items():
        for length in _lengths(language):
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
"""The pattern of a month's name, as the group `name`; to be compiled without case."""
MONTH_AT_ALL, WEEKDAY_AT_ALL = any_of(_any(_MONTHS)), any_of(_any(_WEEKDAYS))
"""Quick checks whether a lower-cased text may have a name: also found inside other words."""
WEEKDAY = re.compile(rf"(?<!{LETTER})(?:{_any(_WEEKDAYS)})(?!{LETTER})", re.IGNORECASE)


def month(name: str) -> int:
    """Return the number of a month, 1 to 12, from its name in any known language, also abbreviated."""
    return _MONTHS[name.casefold()][0]


def like_month(old: str, number: int) -> str:
    """Return the name of month `number`, 1 to 12, in the language, the length and the case of `old`."""
    _, language, length = _MONTHS[old.casefold()]
    new = MONTHS[language][number - 1][: length or None]
    return new.upper() if old.isupper() else new.capitalize() if old[0].isupper() else new


def weekday(name: str) -> int:
    """Return the number of a weekday, 0 for Monday, from its name in any known language.

    English names may be abbreviated.
    """
    return _WEEKDAYS[name.casefold()]


def like_weekday(old: str, number: int) -> str:
    """Return the name of weekday `number`, 0 for Monday, in the language, length and case of `old`."""
    for names in WEEKDAYS.values():
        for name in names:
            if name.casefold() == old.casefold():
                return names[number].capitalize() if old[0].isupper() else names[number]
    return WEEKDAYS["English"][number][: len(old)]


def of_era(text: str) -> int:
    """Return the year of a text such as `令和8`: an era of `ERAS` and a number, or 元 for the first year."""
    era, number = text[:2], text[2:].strip()
    return ERAS[era] + (1 if number == "元" else int(number)) - 1


def in_era(day: date) -> str:
    """Return the year of a day by the newest era, as in `令和8`; before that era its number alone."""
    return f"{_NEWEST}{day.year - ERAS[_NEWEST] + 1}" if day >= _SINCE else f"{day.year}"
