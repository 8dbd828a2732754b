"""Notes in, minutes out. Knows Markdown and meetings, not GitHub; no input or output, no clock.

from bot.minutes import Meeting, find_date, normalise, read_template
"""

from bot.minutes.evidence import DateClaim, DateEvidence, find_date
from bot.minutes.fields import Fields
from bot.minutes.findings import FINDINGS, Finding, Severity
from bot.minutes.learned import NEWEST, learn_template
from bot.minutes.ledger import Entry, verify
from bot.minutes.markdown import decode
from bot.minutes.normalise import Minutes, normalise
from bot.minutes.rules import RULES, Rule
from bot.minutes.split import Part, choose, split
from bot.minutes.task import Meeting, Previous
from bot.minutes.template import BUILT_IN, Template, TemplateError, read_template

__all__ = [
    "BUILT_IN",
    "FINDINGS",
    "NEWEST",
    "RULES",
    "DateClaim",
    "DateEvidence",
    "Entry",
    "Fields",
    "Finding",
    "Meeting",
    "Minutes",
    "Part",
    "Previous",
    "Rule",
    "Severity",
    "Template",
    "TemplateError",
    "choose",
    "decode",
    "find_date",
    "learn_template",
    "normalise",
    "read_template",
    "split",
    "verify",
]
