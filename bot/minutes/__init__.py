"""Turn meeting notes into minutes: Markdown in, Markdown out, without GitHub, I/O or the current time.

from bot.minutes import Meeting, find_date, normalise, read_template
"""

from bot.minutes.drafting.draft import AgendaEntry, draft
from bot.minutes.merging.merge import Conflict, Merged, merge
from bot.minutes.normalising.fields import Fields
from bot.minutes.normalising.findings import FINDINGS, Finding, Severity
from bot.minutes.normalising.later import add_later
from bot.minutes.normalising.learned import learn_template
from bot.minutes.normalising.ledger import LedgerEntry, verify
from bot.minutes.normalising.normalise import Minutes, normalise
from bot.minutes.normalising.rules import RULES, Rule
from bot.minutes.normalising.split import Part, choose, names_of, split
from bot.minutes.normalising.task import Meeting, Previous
from bot.minutes.normalising.template import BUILT_IN, NEWEST, Template, TemplateError, read_template
from bot.minutes.reading.acceptance import Acceptance
from bot.minutes.reading.acceptance.sentences import AcceptanceState
from bot.minutes.reading.evidence import DateCandidate, DateEvidence, find_date
from bot.minutes.reading.guessed_dates import guess_days
from bot.minutes.reading.open_items import OpenAction, open_actions
from bot.minutes.text.markdown import decode, encode

__all__ = [
    "BUILT_IN",
    "FINDINGS",
    "NEWEST",
    "RULES",
    "Acceptance",
    "AcceptanceState",
    "AgendaEntry",
    "Conflict",
    "DateCandidate",
    "DateEvidence",
    "Fields",
    "Finding",
    "LedgerEntry",
    "Meeting",
    "Merged",
    "Minutes",
    "OpenAction",
    "Part",
    "Previous",
    "Rule",
    "Severity",
    "Template",
    "TemplateError",
    "add_later",
    "choose",
    "decode",
    "draft",
    "encode",
    "find_date",
    "guess_days",
    "learn_template",
    "merge",
    "names_of",
    "normalise",
    "open_actions",
    "read_template",
    "split",
    "verify",
]
