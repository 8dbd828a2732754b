"""Notes in, minutes out. Knows Markdown and meetings, not GitHub; no input or output, no clock.

from bot.minutes import Meeting, find_date, normalise, read_template
"""

from bot.minutes.draft import AgendaEntry, draft
from bot.minutes.evidence import DateClaim, DateEvidence, find_date
from bot.minutes.fields import Fields
from bot.minutes.findings import FINDINGS, Finding, Severity
from bot.minutes.later import add_later
from bot.minutes.learned import NEWEST, learn_template
from bot.minutes.ledger import Entry, verify
from bot.minutes.left_open import OpenAction, open_actions
from bot.minutes.markdown import decode
from bot.minutes.merge import Conflict, Merged, merge
from bot.minutes.normalise import Minutes, normalise
from bot.minutes.rules import RULES, Rule
from bot.minutes.split import Part, choose, names_of, split
from bot.minutes.task import Meeting, Previous
from bot.minutes.template import BUILT_IN, Template, TemplateError, read_template

__all__ = [
    "BUILT_IN",
    "FINDINGS",
    "NEWEST",
    "RULES",
    "AgendaEntry",
    "Conflict",
    "DateClaim",
    "DateEvidence",
    "Entry",
    "Fields",
    "Finding",
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
    "find_date",
    "learn_template",
    "merge",
    "names_of",
    "normalise",
    "open_actions",
    "read_template",
    "split",
    "verify",
]
