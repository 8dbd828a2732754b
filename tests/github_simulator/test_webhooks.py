import hashlib
import hmac
import json

from tests.github_simulator.conftest import ARCHIVE, NOTES


async def test_signed_in_order_and_named(lab, listener):
    issue = lab.ada.open_issue(NOTES, "Weekly", labels=("meeting-notes",))
    comment = lab.ben.comment(issue, "Hello")
    lab.ben.edit_comment(comment, "Hello!")
    lab.ben.delete_comment(comment)
    lab.ada.edit(issue, title="Monthly", body="Notes")
    lab.ada.unlabel(issue, "meeting-notes")
    lab.ada.close(issue)
    lab.ada.reopen(issue)
    lab.ada.delete(issue)
    await lab.simulator.idle()
    events = [(headers["X-GitHub-Event"], json.loads(body)["action"]) for headers, body in listener.came]
    assert events == [
        ("issues", "opened"), ("issues", "labeled"),
        ("issue_comment", "created"), ("issue_comment", "edited"), ("issue_comment", "deleted"),
        ("issues", "edited"), ("issues", "unlabeled"), ("issues", "closed"), ("issues", "reopened"),
        ("issues", "deleted"),
    ]  # fmt: skip
    for headers, body in listener.came:
        digest = hmac.new(b"a secret", body, hashlib.sha256).hexdigest()
        assert headers["X-Hub-Signature-256"] == f"sha256={digest}"
        assert headers["User-Agent"].startswith("GitHub-Hookshot/")
        assert json.loads(body)["installation"]["id"] == lab.installation
    opened = json.loads(listener.came[0][1])
    assert [label["name"] for label in opened["issue"]["labels"]] == ["meeting-notes"]
    edited = json.loads(listener.came[5][1])
    assert edited["changes"] == {"title": {"from": "Weekly"}, "body": {"from": ""}}
    assert len({headers["X-GitHub-Delivery"] for headers, _ in listener.came}) == 10


async def test_pushes_and_pull_requests(lab, listener):
    lab.ada.push(ARCHIVE, {"x.md": "x"}, branch="x")
    await lab.rest("POST", f"/repos/{ARCHIVE}/pulls", {"title": "T", "head": "x", "base": "main"})
    lab.ada.push(ARCHIVE, {"x.md": "y"}, branch="x")
    await lab.rest("PUT", f"/repos/{ARCHIVE}/pulls/1/merge", {}, by="ada")
    await lab.simulator.idle()
    payloads = [json.loads(body) for _, body in listener.came]
    assert [each.get("action") or each["ref"] for each in payloads] == [
        "refs/heads/x", "opened", "refs/heads/x", "synchronize", "refs/heads/main", "closed",
    ]  # fmt: skip
    assert payloads[0]["created"] is True
    assert [each["message"] for each in payloads[0]["commits"]] == ["Edit"]
    assert payloads[-1]["pull_request"]["merged"] is True


async def test_only_where_installed_and_subscribed(lab, listener):
    lab.simulator.create_repository("dale-lab/elsewhere")
    lab.ada.open_issue("dale-lab/elsewhere", "Not for us")
    lab.app.events.remove("issue_comment")
    lab.ada.comment(lab.ada.open_issue(NOTES, "For us"), "Not subscribed")
    await lab.simulator.idle()
    assert listener.names == ["issues"]


async def test_installation_and_ping_come_to_everybody(lab, listener):
    lab.simulator.create_repository("dale-lab/minutes")
    lab.simulator.install(lab.app, "dale-lab")
    lab.simulator.webhooks.ping(lab.app)
    await lab.simulator.idle()
    assert listener.names == ["installation", "ping"]


async def test_the_log_and_a_redelivery_under_the_same_guid(lab, listener):
    listener.status = 500
    lab.ada.open_issue(NOTES, "Weekly")
    await lab.simulator.idle()
    listener.status = 202
    (failed,) = (await lab.rest("GET", "/app/hook/deliveries", by=lab.jwt())).body
    assert (failed["status"], failed["status_code"]) == ("Invalid HTTP Response: 500", 500)
    path = f"/app/hook/deliveries/{failed['id']}"
    assert (await lab.rest("POST", f"{path}/attempts", by=lab.jwt())).status == 202
    await lab.simulator.idle()
    newest, oldest = (await lab.rest("GET", "/app/hook/deliveries", by=lab.jwt())).body
    assert (newest["status"], newest["redelivery"], newest["guid"]) == ("OK", True, oldest["guid"])
    whole = (await lab.rest("GET", path, by=lab.jwt())).body
    assert whole["request"]["payload"]["issue"]["title"] == "Weekly"
    assert whole["response"]["payload"] == "thanks"
    assert [body for _, body in listener.came] == [listener.came[0][1]] * 2


async def test_nobody_listens(lab):
    lab.app.webhook_url = "http://127.0.0.1:9/webhook"
    lab.ada.open_issue(NOTES, "Weekly")
    await lab.simulator.idle()
    assert [each.status for each in lab.simulator.deliveries.log] == ["failed to connect to host"]


async def test_idle_waits_for_what_others_have_to_do(lab, listener):
    asked = []

    async def nothing_left():
        asked.append(None)
        return len(asked) == 3

    lab.simulator.idle_checks.append(nothing_left)
    await lab.simulator.idle()
    assert len(asked) == 3


async def test_a_push_tells_the_branch_and_which_is_the_default_one(lab, listener):
    lab.ada.push(ARCHIVE, {".github/minutes.yml": "settle: 5\n"})
    lab.ada.push(ARCHIVE, {".github/minutes.yml": "settle: 6\n"}, branch="try")
    await lab.simulator.idle()
    payloads = [json.loads(body) for _, body in listener.came]
    assert [each["ref"] for each in payloads] == ["refs/heads/main", "refs/heads/try"]
    assert {each["repository"]["default_branch"] for each in payloads} == {"main"}
    assert [each["commits"][0]["added"] for each in payloads[:1]] == [[".github/minutes.yml"]]
    assert [each["commits"][0]["modified"] for each in payloads[1:]] == [[".github/minutes.yml"]]
