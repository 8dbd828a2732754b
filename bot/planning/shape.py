"""The form of minutes: the template of a team, or what its newest minutes share. Pure."""

from dataclasses import replace

from bot.archive.series import ArchiveSeries
from bot.archive.template_files import Shape, read_shape, texts_for
from bot.config import Config
from bot.minutes import BUILT_IN, Finding, Template, TemplateError, learn_template, read_template
from bot.minutes.normalising.findings import finding
from bot.model import Archive, File, FileRef, Snapshot
from bot.planning.case import Case


def shape_of(snapshot: Snapshot, archive: Archive, settings: Config, kept: ArchiveSeries) -> Shape:
    """Return the form of the minutes of a series: its template, and its newest minutes in the archive.

    `settings` are in force for the series, `kept` is the series as the archive shows it. Raises MissingFacts.
    """
    texts = texts_for(archive, settings, kept)
    unread = (text for text in texts if text not in snapshot.texts)
    snapshot.require("what do the minutes of this series look like?", *unread)
    return read_shape(archive, snapshot.texts, settings, kept)


def begun_with(case: Case, shape: Shape) -> Shape:
    """Return the form of minutes with which the open pull request of a source began.

    So a new template does not change minutes that people review. `shape` is the form as it is now: it is
    returned without an open pull request, or when a file of the old form is gone. Raises MissingFacts.
    """
    blobs = case.pull_state.template_blobs if case.pull and case.pull.state == "open" else ()
    if not blobs or blobs == shape.blobs:
        return shape
    case.snapshot.require("what did it begin with?", *(FileRef(oid) for oid in blobs if oid))
    files = [File(oid, case.snapshot.texts.get(FileRef(oid))) for oid in blobs]
    if any(file.path and file.text is None for file in files):
        return shape  # a blob is gone
    return Shape(files[0] if files[0].path else None, tuple(files[1:]), blobs)


def template_of(shape: Shape, config: Config) -> tuple[Template, tuple[Finding, ...]]:
    """Return the template to make minutes by, and a finding where the configured one cannot be used.

    In that case it is the built-in one. If the archive has no template, it is what the newest minutes of
    `shape` have in common.
    """
    recent = [file.text for file in shape.recent if file.text]
    found: Template = BUILT_IN
    findings: tuple[Finding, ...] = ()
    if shape.template is None and config.template:
        findings = (_not_read(config.template, "there is no such file in the archive"),)
    elif shape.template is not None:
        try:
            found = read_template(shape.template.text or "", *recent)
        except TemplateError as error:
            findings = (_not_read(shape.template.path, str(error)),)
    else:
        found = learn_template(recent)
    return _as_configured(found, config), findings


def _as_configured(template: Template, config: Config) -> Template:
    return replace(
        template,
        keeps_guidance=config.guidance == "keep",
        adds_sections=config.sections == "as in the archive",
        keeps_fields=config.style == "typed",
    )


def _not_read(path: str, why: str) -> Finding:
    return finding("template-not-read", path=path, why=why)
