// Octokit plays a person at the simulator, then an app: arguments in one JSON line, what it saw out in one.
import assert from "node:assert/strict";
import { json } from "node:stream/consumers";
import { App, Octokit } from "octokit";

async function person({ url, token, owner, notes, archive }) {
  const hub = new Octokit({ auth: token, baseUrl: url, retry: { enabled: false }, throttle: { enabled: false } });
  const inNotes = { owner, repo: notes };
  const inArchive = { owner, repo: archive };
  const { data: me } = await hub.rest.users.getAuthenticated();

  const { data: issue } = await hub.rest.issues.create({ ...inNotes, title: "Weekly", body: "Notes" });
  const here = { ...inNotes, issue_number: issue.number };
  await hub.rest.issues.createLabel({ ...inNotes, name: "meeting-notes", color: "0e8a16" });
  await hub.rest.issues.addLabels({ ...here, labels: ["meeting-notes"] });
  await hub.rest.issues.update({ ...here, title: "Monthly", body: "More notes" });
  for (let number = 0; number < 25; number++) {
    await hub.rest.issues.createComment({ ...here, body: `Comment ${number}` });
  }
  let pages = 0;
  const comments = await hub.paginate(hub.rest.issues.listComments, { ...here, per_page: 10 }, (page) => {
    pages++;
    return page.data.map((comment) => comment.body);
  });
  const { data: first } = await hub.rest.issues.listComments({ ...here, per_page: 1 });
  await hub.rest.reactions.createForIssueComment({ ...inNotes, comment_id: first[0].id, content: "eyes" });
  const { data: read } = await hub.rest.issues.get(here);

  const { data: main } = await hub.rest.repos.getBranch({ ...inArchive, branch: "main" });
  await hub.rest.git.createRef({ ...inArchive, ref: "refs/heads/mine", sha: main.commit.sha });
  const content = Buffer.from("# Mine\n").toString("base64");
  const file = { ...inArchive, path: "2026/mine.md" };
  await hub.rest.repos.createOrUpdateFileContents({ ...file, message: "Add", content, branch: "mine" });
  const { data: pull } = await hub.rest.pulls.create({ ...inArchive, title: "Mine", head: "mine", base: "main" });
  const thePull = { ...inArchive, pull_number: pull.number };
  const files = await hub.paginate(hub.rest.pulls.listFiles, thePull);
  await assert.rejects(
    hub.rest.pulls.create({ ...inArchive, title: "Again", head: "mine", base: "main" }),
    { status: 422 },
  );
  await hub.rest.pulls.merge(thePull);
  await assert.rejects(hub.rest.pulls.merge(thePull), { status: 405 });
  const { data: merged } = await hub.rest.repos.getContent(file);

  const asked = await hub.graphql(
    `query ($owner: String!, $notes: String!, $archive: String!) {
      notes: repository(owner: $owner, name: $notes) {
        issue(number: 1) { title labels(first: 5) { nodes { name } } comments { totalCount } }
      }
      archive: repository(owner: $owner, name: $archive) {
        pullRequests(last: 1) { nodes { state merged headRefName } }
      }
    }`,
    { owner, notes, archive },
  );
  const paged = await hub.graphql.paginate(
    `query ($owner: String!, $notes: String!, $cursor: String) {
      repository(owner: $owner, name: $notes) { issue(number: 1) {
        comments(first: 10, after: $cursor) { nodes { body } pageInfo { hasNextPage endCursor } }
      } }
    }`,
    { owner, notes },
  );
  await assert.rejects(
    hub.graphql(`{ repository(owner: "nobody", name: "nowhere") { id } }`),
    (error) => error.name === "GraphqlResponseError" && error.errors[0].type === "NOT_FOUND",
  );
  return {
    me: me.login,
    pages,
    comments,
    issue: [read.title, read.body, read.comments, read.labels.map((label) => label.name)],
    files: files.map((each) => each.filename),
    merged: Buffer.from(merged.content, merged.encoding).toString(),
    asked,
    paged: paged.repository.issue.comments.nodes.map((comment) => comment.body),
  };
}

async function app({ url, id, key, owner, notes, secret, deliveries }) {
  const ours = Octokit.defaults({ baseUrl: url, retry: { enabled: false }, throttle: { enabled: false } });
  const it = new App({ appId: id, privateKey: key, Octokit: ours, webhooks: { secret } });
  const { data: itself } = await it.octokit.rest.apps.getAuthenticated();
  const repositories = [];
  for await (const { repository } of it.eachRepository.iterator()) repositories.push(repository.full_name);
  const found = await it.octokit.rest.apps.getRepoInstallation({ owner, repo: notes });
  const hub = await it.getInstallationOctokit(found.data.id);
  const { data: issue } = await hub.rest.issues.create({ owner, repo: notes, title: "By the app" });
  const { data: check } = await hub.rest.checks.create({
    owner, repo: notes, name: "minutes", status: "completed", conclusion: "neutral",
    head_sha: (await hub.rest.repos.getCommit({ owner, repo: notes, ref: "main" })).data.sha,
    output: { title: "Fine", summary: "Nothing to look at" },
  });
  await assert.rejects(
    hub.rest.pulls.create({ owner, repo: notes, title: "Not allowed", head: "mine", base: "main" }),
    { status: 403, message: /Resource not accessible by integration/ },
  );

  const events = [];
  it.webhooks.onAny(({ name, payload }) => events.push(`${name}.${payload.action}`));
  for (const { headers, body } of deliveries) {
    const one = {
      id: headers["X-GitHub-Delivery"],
      name: headers["X-GitHub-Event"],
      signature: headers["X-Hub-Signature-256"],
    };
    await it.webhooks.verifyAndReceive({ ...one, payload: body });
    await assert.rejects(it.webhooks.verifyAndReceive({ ...one, payload: `${body} ` }), /signature/);
  }
  return { slug: itself.slug, repositories, author: issue.user.login, check: check.conclusion, events };
}

async function opener({ url, token, owner, notes }) {
  const hub = new Octokit({ auth: token, baseUrl: url, retry: { enabled: false }, throttle: { enabled: false } });
  const { repository } = await hub.graphql(
    `query ($owner: String!, $notes: String!) { repository(owner: $owner, name: $notes) {
      id label(name: "agenda") { id } discussionCategories(first: 5) { nodes { id name } }
    } }`,
    { owner, notes },
  );
  const made = await hub.graphql(
    `mutation ($repository: ID!, $category: ID!, $labels: [ID!]) {
      createIssue(input: { repositoryId: $repository, title: "Agenda", body: "- Roof", labelIds: $labels }) {
        issue { id viewerDidAuthor }
      }
      createDiscussion(input: { repositoryId: $repository, title: "Talk", body: "- Boat", categoryId: $category }) {
        discussion { id viewerDidAuthor category { name } }
      }
    }`,
    { repository: repository.id, category: repository.discussionCategories.nodes[0].id, labels: [repository.label.id] },
  );
  const edited = await hub.graphql(
    `mutation ($issue: ID!, $discussion: ID!) {
      updateIssue(input: { id: $issue, body: "- [x] Roof" }) { issue { body } }
      updateDiscussion(input: { discussionId: $discussion, body: "- Ship" }) { discussion { body } }
    }`,
    { issue: made.createIssue.issue.id, discussion: made.createDiscussion.discussion.id },
  );
  const query = `repo:${owner}/${notes} is:open`;
  const found = await hub.graphql(
    `query ($issues: String!, $talks: String!) {
      issues: search(query: $issues, type: ISSUE, first: 5) { issueCount nodes { ... on Issue { title } } }
      talks: search(query: $talks, type: DISCUSSION, first: 5) { nodes { ... on Discussion { title } } }
    }`,
    { issues: `${query} archived:false label:agenda`, talks: query },
  );
  const { data } = await hub.rest.search.issuesAndPullRequests({ q: `${query} label:agenda is:issue`, per_page: 5 });
  return { made, edited, found, byRest: data.items.map((item) => item.title) };
}

const { play, ...given } = await json(process.stdin);
console.log(JSON.stringify(await { person, app, opener }[play](given)));
