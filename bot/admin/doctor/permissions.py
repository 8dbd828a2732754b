"""Checks of what the App may do and hear, and where it is installed, against app.yml."""

from collections.abc import Iterator

from bot import manifest
from bot.admin.doctor.context import LEVELS, PAGE, Context, lacking
from bot.admin.doctor.finding import Finding, error, ok, warning


def check_permissions(context: Context) -> Iterator[Finding]:
    """Yield the permissions and events of app.yml that the App does not ask for, and those beyond it."""
    app, wanted = context.app, manifest.load()
    page = f"{context.settings_page}/permissions"
    missing = lacking(app["permissions"])
    for each in missing:
        yield error(
            f"The App lacks the permission {each}.", f"Set it at {page}, and accept it where installed."
        )
    events = [each for each in wanted["default_events"] if each not in app["events"]]
    if events:
        yield error(
            f"The App does not hear of {', '.join(events)}.",
            f"Tick them below Subscribe to events at {page}.",
        )
    more = [
        f"{name}: {level}"
        for name, level in app["permissions"].items()
        if LEVELS.index(level) > LEVELS.index(wanted["default_permissions"].get(name, "none"))
    ]
    if more:
        yield warning(
            f"The App has permissions that it does not need: {', '.join(more)}.", f"Lower them at {page}."
        )
    if unused := [each for each in app["events"] if each not in wanted["default_events"]]:
        yield warning(f"The App hears of {', '.join(unused)} in vain.", f"Untick them at {page}.")
    if not (missing or events or more or unused):
        yield ok("Permissions and events of the App are those of app.yml.")


NOT_INSTALLED = "The App is not installed anywhere."


def check_installations(context: Context) -> Iterator[Finding]:
    """Yield where the App is installed, and where not as it should be."""
    if not context.installations:
        yield error(
            NOT_INSTALLED,
            f"Install it at {context.website}/apps/{context.app['slug']}/installations/new.",
        )
    if len(context.installations) == PAGE:
        yield warning(f"Only the first {PAGE} installations are looked at.", "The others are not checked.")
    for each in context.installations:
        who, page = (each.get("account") or {}).get("login", each["id"]), each["html_url"]
        if each.get("suspended_at"):
            yield error(f"The installation at {who} is suspended.", f"Click Unsuspend at {page}.")
            continue
        # what the App does not ask for cannot be accepted: `permissions` says that
        missing = [it for it in lacking(each["permissions"]) if it not in lacking(context.app["permissions"])]
        events = set(manifest.load()["default_events"]) & {*context.app["events"]} - {*each["events"]}
        if missing or events:
            yield error(
                f"{who} has not accepted {', '.join([*missing, *sorted(events)])}.",
                f"An owner accepts at {page}/permissions/update.",
            )
        if not context.repositories[each["id"]]:
            yield error(f"The installation at {who} is for no repository.", f"Select some at {page}.")
        elif not (missing or events):
            yield ok(f"Installed at {who}.")
