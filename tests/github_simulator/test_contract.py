import pytest
from graphql import parse, validate_schema

from github_simulator.contract import Contract
from github_simulator.pagination import MOST
from github_simulator.routing import PARAMETER, Operation


@pytest.fixture(scope="module")
def contract():
    return Contract.load()


URLS = ["avatar", "html", "followers", "following", "gists", "starred", "subscriptions", "organizations"]
URLS += ["repos", "events", "received_events"]
USER = {
    "login": "ada",
    "id": 1,
    "node_id": "U_1",
    "type": "User",
    "site_admin": False,
    "gravatar_id": "",
    "url": "http://127.0.0.1/users/ada",
    **{f"{name}_url": f"http://127.0.0.1/{name}" for name in URLS},
}

LABEL = {
    "id": 7,
    "node_id": "LA_7",
    "url": "http://127.0.0.1/repos/hill-lab/notes/labels/meeting-notes",
    "name": "meeting-notes",
    "color": "ededed",
    "default": False,
    "description": None,
}


# -- addresses ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "operation", "params"),
    [
        ("GET", "/", "meta/root", {}),
        ("GET", "/repos/hill-lab/notes", "repos/get", {"owner": "hill-lab", "repo": "notes"}),
        ("GET", "/repos/o/r/issues/3", "issues/get", {"issue_number": "3"}),
        ("GET", "/repos/o/r/issues/comments", "issues/list-comments-for-repo", {}),
        ("GET", "/repos/o/r/issues/comments/9", "issues/get-comment", {"comment_id": "9"}),
        (
            "DELETE",
            "/repos/o/r/issues/3/labels/meeting%20notes",
            "issues/remove-label",
            {"name": "meeting notes"},
        ),
        ("GET", "/repos/o/r/contents", "repos/get-content", {"path": ""}),
        ("GET", "/repos/o/r/contents/", "repos/get-content", {"path": ""}),
        ("GET", "/repos/o/r/contents/2026/a%20b.md", "repos/get-content", {"path": "2026/a b.md"}),
        ("GET", "/repos/o/r/contents/2026%2Fa.md", "repos/get-content", {"path": "2026/a.md"}),
        (
            "PUT",
            "/repos/o/r/contents/2026/a.md",
            "repos/create-or-update-file-contents",
            {"path": "2026/a.md"},
        ),
        (
            "GET",
            "/repos/o/r/git/ref/heads/minutes/2026-08-18",
            "git/get-ref",
            {"ref": "heads/minutes/2026-08-18"},
        ),
        ("GET", "/repos/o/r/commits/minutes/x/check-runs", "checks/list-for-ref", {"ref": "minutes/x"}),
        ("GET", "/repos/o/r/commits/minutes/x", "repos/get-commit", {"ref": "minutes/x"}),
        (
            "GET",
            "/repos/o/r/compare/main...minutes/x",
            "repos/compare-commits-with-basehead",
            {"basehead": "main...minutes/x"},
        ),
        (
            "POST",
            "/app/installations/5/access_tokens",
            "apps/create-installation-access-token",
            {"installation_id": "5"},
        ),
    ],
)
def test_the_most_literal_address_wins(contract, method, path, operation, params):
    found = contract.operation(method, path)
    assert found.id == operation
    assert params.items() <= found.params.items()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/repos/o/r/discussions"),  # discussions are GraphQL only
        ("GET", "/repos/o/r/issues/three"),
        ("POST", "/repos/o/r/issues/3"),
        ("GET", "/repos/o"),
        ("GET", ""),
        ("GET", "//repos/o/r"),
        ("BREW", "/"),
    ],
)
def test_an_unknown_address_is_none(contract, method, path):
    assert contract.operation(method, path) is None


# -- requests and responses --------------------------------------------------------------------------------


def checked(contract, method, path, body=None, **query):
    return contract.check_request(contract.operation(method, path), query, body)


ISSUES = "/repos/o/r/issues"


def test_a_good_request_has_nothing_wrong(contract):
    assert checked(contract, "GET", ISSUES, state="all", per_page="100", page="2") == []
    assert (
        checked(contract, "POST", ISSUES, {"title": "Weekly", "body": "", "labels": ["meeting-notes"]}) == []
    )
    assert checked(contract, "POST", ISSUES, {"title": 3, "labels": [{"name": "x"}]}) == []
    assert checked(contract, "GET", ISSUES, {}) == []  # some clients send {} with a GET


@pytest.mark.parametrize(
    ("method", "path", "body", "query", "message"),
    [
        ("GET", ISSUES, None, {"state": "opened"}, 'query.state: "opened" is not one of'),
        ("GET", ISSUES, None, {"per_page": "ten"}, 'query.per_page: "ten" is not of type "integer"'),
        ("GET", ISSUES, None, {"stat": "open"}, "query: Additional properties are not allowed ('stat'"),
        ("GET", ISSUES, {"title": "x"}, {}, "body: this operation takes none"),
        ("POST", ISSUES, None, {}, "body: missing"),
        ("POST", ISSUES, {"body": "no title"}, {}, 'body: "title" is a required property'),
        (
            "POST",
            ISSUES,
            {"title": "x", "lables": []},
            {},
            "body: Additional properties are not allowed ('lables'",
        ),
        ("POST", ISSUES, {"title": "x", "labels": [1]}, {}, "body.labels[0]: 1 is not of type"),
        ("POST", ISSUES, ["title"], {}, 'body: ["title"] is not of type "object"'),
        ("PUT", "/repos/o/r/contents/a.md", {"message": "m"}, {}, 'body: "content" is a required property'),
    ],
)
def test_a_wrong_request_is_named_with_its_place(contract, method, path, body, query, message):
    wrong = checked(contract, method, path, body, **query)
    assert len(wrong) == 1
    assert wrong[0].startswith(message)


def test_responses(contract):
    labels = contract.operation("GET", f"{ISSUES}/3/labels")
    assert contract.check_response(labels, 200, [LABEL]) == []
    assert contract.check_response(labels, 200, [{**LABEL, "color": None}]) == [
        'body[0].color: null is not of type "string"'
    ]
    assert contract.check_response(labels, 200, [{**LABEL, "url": "not a url"}]) == [
        'body[0].url: "not a url" is not a "uri"'
    ]
    assert contract.check_response(labels, 418, {}) == [
        "status: issues/list-labels-on-issue does not answer 418"
    ]
    assert contract.check_response(labels, 502, "<html>") == []


def test_an_answer_without_content_has_no_body(contract):
    delete = contract.operation("DELETE", f"{ISSUES}/comments/9")
    assert contract.check_response(delete, 204, None) == []
    assert contract.check_response(delete, 204, {"ok": True}) == ["body: this answer has none"]


def test_dates_are_dates_and_null_stands_only_where_it_may(contract):
    comment = {
        "id": 1,
        "node_id": "IC_1",
        "url": "http://127.0.0.1/c/1",
        "html_url": "http://127.0.0.1/c/1",
        "issue_url": "http://127.0.0.1/i/1",
        "body": "",
        "user": USER,
        "created_at": "2026-08-18T14:00:00Z",
        "updated_at": "2026-08-18T14:00:00Z",
        "author_association": "MEMBER",
    }
    get = contract.operation("GET", f"{ISSUES}/comments/1")
    assert contract.check_response(get, 200, comment) == []
    assert contract.check_response(get, 200, {**comment, "user": None}) == []  # a deleted user
    assert contract.check_response(get, 200, {**comment, "updated_at": "yesterday"}) == [
        'body.updated_at: "yesterday" is not a "date-time"'
    ]


def test_of_alternatives_the_one_that_was_nearly_met_is_explained(contract):
    body = {"title": "x", "labels": [{"id": "one", "name": 3}]}  # a label is a text or an object
    assert sorted(checked(contract, "POST", ISSUES, body)) == [
        'body.labels[0].id: "one" is not of type "integer"',
        'body.labels[0].name: 3 is not of type "string"',
    ]


def test_an_account_may_be_a_user_although_the_description_wants_an_enterprise_as_well(contract):
    listing = contract.operation("GET", "/app/installations")
    wrong = contract.check_response(listing, 200, [{"account": USER}])
    assert wrong
    assert not [message for message in wrong if "account" in message]


def test_a_huge_value_does_not_make_a_huge_message(contract):
    (message,) = checked(contract, "POST", ISSUES, {"title": ["x" * 1_000_000]})
    assert len(message) < 500


# -- webhooks ----------------------------------------------------------------------------------------------


def test_webhooks(contract):
    assert contract.check_webhook("ping", {"zen": "Keep it plain."}) == []
    assert contract.check_webhook("ping", {"zen": 4}) == ['payload.zen: 4 is not of type "string"']
    assert contract.check_webhook("issues", {"action": "opened"}) == [
        f'payload: "{name}" is a required property' for name in ("issue", "repository", "sender")
    ]
    assert contract.check_webhook("issues", {"action": "eaten"}) == [
        "event: no webhook issues/eaten is described"
    ]
    assert contract.check_webhook("issues", {}) == ["event: no webhook issues is described"]
    assert contract.check_webhook("marketplace_purchase", {}) == [
        "event: no webhook marketplace_purchase is described"
    ]


# -- GraphQL -----------------------------------------------------------------------------------------------


def test_the_trimmed_schema_is_whole(contract):
    assert validate_schema(contract.schema) == []
    for union in ("IssueTimelineItems", "PullRequestTimelineItems", "Closer"):
        assert contract.schema.get_type(union).types


def repository(selection):
    return parse('query { repository(owner: "hill-lab", name: "notes") { ' + selection + " } }")


QUERY = """query {
  repository(owner: "hill-lab", name: "notes") {
    id nameWithOwner isPrivate isArchived isFork viewerPermission
    defaultBranchRef { target { oid } }
    object(expression: "HEAD:2026") {
      ... on Tree { entries { name oid type object { ... on Blob { text isBinary isTruncated } } } }
    }
    ref(qualifiedName: "refs/heads/x") {
      target { ... on Commit { history(first: 5) { nodes { oid message author { user { login } } } } } }
    }
    refs(refPrefix: "refs/heads/", first: 5, orderBy: {field: TAG_COMMIT_DATE, direction: DESC}) {
      nodes { name }
    }
    label(name: "meeting-notes") { id }
    issue(number: 1) {
      title body editor { login } lastEditedAt locked reactionGroups { content }
      labels(first: 9) { nodes { name } }
      comments(first: 100) {
        totalCount pageInfo { endCursor hasNextPage } nodes { body viewerDidAuthor isMinimized }
      }
      timelineItems(last: 50, itemTypes: [LABELED_EVENT]) {
        nodes { ... on LabeledEvent { actor { login } createdAt label { name } } }
      }
    }
    discussion(number: 1) {
      category { name }
      comments(first: 50) { nodes { body replies(first: 50) { nodes { body } } } }
    }
    pullRequests(states: [OPEN, MERGED, CLOSED], first: 30, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { headRefName headRefOid merged isDraft }
    }
    pullRequest(number: 2) {
      files(first: 9) { nodes { path } }
      commits(last: 1) { nodes { commit { oid checkSuites(first: 1) { nodes { id } } } } }
    }
  }
  viewer { login }
  rateLimit { cost remaining resetAt }
  node(id: "I_1") { ... on Issue { number } }
}"""


def test_what_a_client_reads_is_in_the_schema(contract):
    assert contract.check_graphql(parse(QUERY)) == []


MUTATIONS = {
    "createRef": "ref { id }",
    "createCommitOnBranch": "commit { oid }",
    "createPullRequest": "pullRequest { id number url }",
    "updatePullRequest": "pullRequest { id }",
    "closePullRequest": "pullRequest { state }",
    "addLabelsToLabelable": "labelable { labels(first: 5) { nodes { name } } }",
    "removeLabelsFromLabelable": "clientMutationId",
    "addComment": "commentEdge { node { id url } }",
    "updateIssueComment": "issueComment { id }",
    "deleteIssueComment": "clientMutationId",
    "addDiscussionComment": "comment { id url }",
    "addReaction": "reaction { content }",
    "createCheckRun": "checkRun { id }",
    "minimizeComment": "minimizedComment { isMinimized }",
    "deleteRef": "clientMutationId",
    "updateRefs": "clientMutationId",
}


def test_one_batch_of_mutations(contract):
    inputs = {name: contract.schema.mutation_type.fields[name].args["input"].type for name in MUTATIONS}
    variables = ", ".join(f"${name}: {kind}" for name, kind in inputs.items())
    steps = " ".join(f"{name}(input: ${name}) {{ {selection} }}" for name, selection in MUTATIONS.items())
    assert contract.check_graphql(parse(f"mutation ({variables}) {{ {steps} }}")) == []


def test_a_wrong_document_is_named_with_its_place(contract):
    (message,) = contract.check_graphql(repository("nmae"))
    assert message.startswith("1:56: Cannot query field 'nmae' on type 'Repository'.")
    assert contract.check_graphql(repository("nmae")) == [message]  # from the cache, the same


@pytest.mark.parametrize(
    ("selection", "wrong"),
    [
        ("issues { nodes { id } }", "You must provide a `first` or `last` value"),
        ("issues { edges { node { id } } }", "You must provide a `first` or `last` value"),
        (f"issues(first: {MOST + 1}) {{ nodes {{ id }} }}", "`first` of `issues` is 101"),
        ("issues(last: 0) { nodes { id } }", "`last` of `issues` is 0"),
        ("issues { totalCount }", None),
        ("issues(first: 100) { nodes { id } }", None),
    ],
)
def test_a_list_says_how_much_of_it_is_wanted(contract, selection, wrong):
    messages = contract.check_graphql(repository(selection))
    assert [wrong in message for message in messages] == ([True] if wrong else [])


def test_foreign_clients_may_merge_fields_as_github_does(contract):
    document = repository(
        "issueOrPullRequest(number: 1) { ... on Issue { state } ... on PullRequest { state } }"
    )
    assert len(contract.check_graphql(document)) == 1
    assert contract.check_graphql(document, strict=False) == []


def test_a_document_without_its_text_is_checked_too(contract):
    assert contract.check_graphql(parse("{ viewer { login } }", no_location=True)) == []


# -- the whole ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [None, {}, [], "text", 1, True])
def test_every_schema_compiles_every_reference_leads_somewhere_and_no_body_raises(contract, body):
    for described in contract.description["operations"]:
        operation = Operation(described["id"], {})
        contract.check_request(operation, {"per_page": "1", "": ""}, body)
        for status in described["responses"]:
            contract.check_response(operation, int(status), body)
    for name in contract.description["webhooks"]:
        event, _, action = name.partition("/")
        contract.check_webhook(event, {"action": action, "issue": body} if action else {})


def test_every_described_address_finds_its_own_operation(contract):
    for described in contract.description["operations"]:
        path = PARAMETER.sub("7", described["path"])
        assert contract.operation(described["method"], path).id == described["id"]


def test_the_contract_is_read_once():
    assert Contract.load() is Contract.load()
