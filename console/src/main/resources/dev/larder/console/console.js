"use strict";

/* The token was in the address once; a cookie has taken its place. */
history.replaceState(null, "", "/");

const EVERY_MS = 2000;

/* "Now" is over so many samples, of two seconds each. */
const LATELY = 5;
const by = (id) => document.getElementById(id);
let paused = false;
let remedies = {};

async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) {
    throw new Error(answer.status === 401 ? "the token is of an earlier start" : await answer.text());
  }
  return answer.json();
}

const show = (what) => get("/api/show/" + what);

/* Numbers */

const count = (n) => (n == null ? "" : Number(n).toLocaleString("en"));
const percent = (n) => (n == null ? "" : Number(n).toFixed(1) + " %");

function bytes(n) {
  if (n == null) return "";
  const units = ["B", "KB", "MB", "GB"];
  let value = Number(n);
  let unit = 0;
  while (value >= 1024 && unit < 3) {
    value /= 1024;
    unit++;
  }
  return (unit === 0 ? value : value.toFixed(1)) + " " + units[unit];
}

function duration(ms) {
  if (ms == null) return "";
  const value = Number(ms);
  if (value < 10) return value.toFixed(2) + " ms";
  if (value < 1000) return Math.round(value) + " ms";
  if (value < 60000) return (value / 1000).toFixed(1) + " s";
  if (value < 3600000) return Math.floor(value / 60000) + " min " + Math.round((value % 60000) / 1000) + " s";
  return Math.floor(value / 3600000) + " h " + Math.round((value % 3600000) / 60000) + " min";
}

/* Tables: rows keep their elements, so that who is at a button stays there. */

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function head(table, columns) {
  const row = table.createTHead().insertRow();
  for (const column of columns) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = column.name;
    if (column.kind === "number") cell.className = "number";
    row.append(cell);
  }
  table.append(document.createElement("tbody"));
}

function newRow(columns) {
  const row = document.createElement("tr");
  columns.forEach((column, i) => {
    const cell = document.createElement(i === 0 ? "th" : "td");
    if (i === 0) cell.scope = "row";
    else if (column.name) cell.dataset.label = column.name;
    if (column.kind) cell.className = column.kind;
    if (column.build) column.build(cell);
    row.append(cell);
  });
  return row;
}

/* columns: {name, kind, text(row) or build(cell) and fill(cell, row), tone(row)} */
function fill(id, columns, rows, key, none) {
  const table = by(id);
  if (!table.tHead) head(table, columns);
  const body = table.tBodies[0];
  const before = new Map([...body.rows].map((row) => [row.dataset.key, row]));
  const wanted = rows.map((row) => {
    const name = String(key(row));
    let element = before.get(name);
    if (!element) {
      element = newRow(columns);
      element.dataset.key = name;
    }
    before.delete(name);
    columns.forEach((column, i) => {
      const cell = element.cells[i];
      if (column.fill) column.fill(cell, row);
      else setText(cell, String(column.text(row) ?? ""));
      if (column.tone) cell.className = column.tone(row);
    });
    return element;
  });
  before.forEach((row) => row.remove());
  if (wanted.length === 0) {
    const row = body.insertRow();
    const cell = row.insertCell();
    cell.colSpan = columns.length;
    cell.className = "empty";
    cell.textContent = none;
    row.dataset.key = "";
  } else if (!body.contains(document.activeElement)) {
    wanted.forEach((row, i) => {
      if (body.rows[i] !== row) body.insertBefore(row, body.rows[i] || null);
    });
  } else {
    wanted.forEach((row) => row.isConnected || body.append(row));
  }
}

function forgetColumn(what, name, words) {
  return {
    name: "",
    build: (cell) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Forget";
      button.addEventListener("click", () => forget({ [what]: button.dataset.name }, button.dataset.words));
      cell.append(button);
    },
    fill: (cell, row) => {
      const button = cell.firstChild;
      button.dataset.name = name(row);
      button.dataset.words = words(row);
      button.setAttribute("aria-label", "Forget " + words(row));
    },
  };
}

const number = (name, text) => ({ name, kind: "number", text });
const beside = (name, first, second) => ({
  name,
  kind: "number",
  build: (cell) => {
    const box = document.createElement("span");
    box.append(document.createElement("span"), document.createElement("span"));
    box.children[1].className = "beside";
    cell.append(box);
  },
  fill: (cell, row) => {
    setText(cell.firstChild.children[0], first(row));
    setText(cell.firstChild.children[1], second(row));
  },
});
const text = (name, of) => ({ name, text: of });
const remedy = (reason) => remedies[reason] || "";

const QUERY_TONES = { cached: "good", stopped: "bad", bypassed: "warn", passive: "warn" };
const QUERIES = [
  {
    name: "Query",
    kind: "code",
    build: (cell) => {
      for (const name of ["", "why", "help"]) {
        const part = document.createElement("span");
        part.className = name;
        cell.append(part);
      }
    },
    fill: (cell, row) => {
      setText(cell.children[0], row.text);
      setText(cell.children[1], row.reason ? row.reason + ": " + row.detail : "");
      setText(cell.children[2], row.reason ? "What helps: " + remedy(row.reason) : "");
    },
  },
  { name: "State", text: (row) => row.state, tone: (row) => QUERY_TONES[row.state] || "" },
  number("Calls", (row) => count(row.calls)),
  number("Hits", (row) => percent(row.hit_percent)),
  number("Could hit", (row) => percent(row.duplicate_percent)),
  number("Saved", (row) => duration(row.saved_ms)),
  number("By database", (row) => count(row.database_calls)),
  beside("p50, p99", (row) => duration(row.database_p50_ms), (row) => duration(row.database_p99_ms)),
  beside("Answers", (row) => count(row.entries), (row) => bytes(row.bytes)),
  beside("Out of date", (row) => count(row.invalidations), (row) => row.invalidated_by || ""),
  forgetColumn("template", (row) => row.id, (row) => "the answers to query " + row.id),
];

const TABLES = [
  { name: "Table", kind: "code", text: (row) => row.table_name },
  number("Answers", (row) => count(row.entries)),
  number("Memory", (row) => bytes(row.bytes)),
  number("Made out of date", (row) => count(row.forgotten_answers)),
  number("Changes here", (row) => count(row.changes_here)),
  number("By sources", (row) => count(row.changes_by_sources)),
  number("By hooks", (row) => count(row.changes_by_hooks)),
  number("Last change", (row) => (row.last_change_ms_ago == null ? "" : duration(row.last_change_ms_ago) + " ago")),
  forgetColumn("table", (row) => row.table_name, (row) => "what follows from table " + row.table_name),
];

const REASONS = [
  text("Reason", (row) => row.reason),
  number("Queries", (row) => count(row.queries)),
  text("What helps", (row) => remedy(row.reason)),
];

const SOURCES = [
  text("Source", (row) => row.source),
  { name: "State", text: (row) => row.state, tone: (row) => (row.state === "covering" ? "good" : "bad") },
  number("Lag", (row) => duration(row.lag_ms)),
  text("Reach", (row) => row.reach),
  number("Changes", (row) => count(row.changes)),
  number("Gaps", (row) => count(row.gaps)),
  number("Rejected", (row) => count(row.rejected)),
  text("Problem", (row) => row.problem),
];

const NODES = [
  text("Node", (row) => row.node),
  text("Which", (row) => (row.is_this ? "this instance" : "peer")),
  text("Heard over", (row) => row.heard_over),
  number("Silent for", (row) => duration(row.silent_ms)),
];

const POOL = [
  text("Most connections", (row) => (row.maximum === 0 ? "not told" : count(row.maximum))),
  number("In use", (row) => count(row.active)),
  number("Idle", (row) => count(row.idle)),
  number("Callers waiting", (row) => count(row.waiting)),
  number("Borrowed so far", (row) => count(row.borrowed)),
  number("Size changes", (row) => count(row.size_changes)),
  text("Why this size", (row) => row.reason),
];

const REPLICAS = [
  text("Replica", (row) => row.replica),
  { name: "Gets reads", text: (row) => (row.is_serving ? "yes" : "no"), tone: (row) => (row.is_serving ? "good" : "bad") },
  text("Condition and lag", (row) => row.condition),
  number("Reads", (row) => count(row.reads)),
  number("Failures", (row) => count(row.failures)),
];

const STATUS = [text("Figure", (row) => row.name), text("Value", (row) => row.value), text("Meaning", (row) => row.meaning)];

const SETTINGS = [
  { name: "Setting", kind: "code", text: (row) => row.setting },
  text("Value", (row) => row.value || "empty"),
  text("Given", (row) => (row.is_default ? "" : "yes")),
  text("Meaning", (row) => row.meaning),
];

/* What each part says */

function figures(rows) {
  const of = Object.fromEntries(rows.map((row) => [row.name, row.value]));
  setText(by("data-source"), of.data_source);
  setText(by("instance"), of.instance + ", " + of.database);
  document.title = "Larder, " + of.instance;
  const state = by("state");
  const serves = of.enabled === "true" && of.serves === "true";
  setText(state, serves ? "memory answers" : of.enabled === "true" ? "on trial: the database answers" : "switched off");
  state.className = "state " + (serves ? "good" : "warn");
  setText(by("hit-percent"), percent(of.hit_percent));
  setText(by("saved"), duration(of.saved_ms));
  const bound = of.staleness_bound.match(/^(none|\d+ ms)(?:: | )?(.*)$/);
  setText(by("bound"), bound ? (bound[1] === "none" ? "none" : duration(parseInt(bound[1], 10))) : of.staleness_bound);
  setText(by("bound-note"), bound && bound[2] ? bound[2] : "writers: " + of.writers);
  setText(by("memory"), bytes(of.bytes));
  setText(by("memory-note"), "of " + bytes(of.max_bytes) + ", " + count(of.entries) + " answers");
  setText(by("invalidated"), count(of.invalidated));
  setText(by("invalidated-note"), count(of.evictions) + " dropped for room");
  setText(by("audited"), count(of.audited));
  setText(by("audit-note"), count(of.audit_mismatches) + " differed, " + count(of.failures) + " failures of the cache");
  fill("status", STATUS, rows, (row) => row.name, "");
}

function moments(past) {
  const times = past.at.slice(1).map((at) => at / 1000);
  const seconds = past.at.slice(1).map((at, i) => Math.max(0.001, (at - past.at[i]) / 1000));
  const growth = (values) => values.slice(1).map((value, i) => value - values[i]);
  const rate = (values) => growth(values).map((grown, i) => grown / seconds[i]);
  const [hits, joined, misses] = [growth(past.hits), growth(past.joined), growth(past.misses)];
  const ratio = hits.map((h, i) => {
    const asked = h + joined[i] + misses[i];
    return asked === 0 ? null : (100 * (h + joined[i])) / asked;
  });
  const outcomes = [
    { label: "memory", values: rate(past.hits) },
    { label: "another's execution", values: rate(past.joined) },
    { label: "database, a miss", values: rate(past.misses) },
    { label: "database, bypassed", values: rate(past.bypassed) },
  ];
  const saved = rate(past.saved_ms);
  if (times.length > 0) {
    Charts.draw("chart-ratio", times, [{ label: "hit ratio", values: ratio }], 100);
    Charts.draw("chart-outcome", times, outcomes);
    Charts.draw("chart-saved", times, [{ label: "saved", values: saved }]);
    Charts.draw("chart-memory", times, [{ label: "memory", values: past.bytes.slice(1).map((b) => b / 1048576) }]);
    const lately = (values) => values.slice(-LATELY);
    const sum = (values) => lately(values).reduce((all, value) => all + value, 0);
    const perSecond = (values) => sum(values) / sum(seconds);
    const [answered, run] = [sum(hits) + sum(joined), sum(misses)];
    const all = perSecond(hits) + perSecond(joined) + perSecond(misses) + perSecond(growth(past.bypassed));
    setText(by("hit-now"), answered + run === 0 ? "nothing asked" : percent((100 * answered) / (answered + run)));
    setText(by("rate"), count(Math.round(all)) + " /s");
    setText(by("rate-note"), count(Math.round(all - perSecond(hits))) + " /s not from memory");
    setText(by("saved-note"), Math.round(perSecond(growth(past.saved_ms))) + " ms a second now");
  }
}

function pool(rows) {
  const one = rows[0];
  setText(by("pool-size"), one.maximum === 0 ? one.active + " in use" : one.active + " of " + one.maximum);
  setText(by("pool-note"), one.waiting + " waiting; " + one.reason);
  fill("pool", POOL, rows, () => "pool", "");
}

async function refresh() {
  const queries = "queries?by=" + by("order").value + "&limit=" + by("limit").value;
  const parts = [
    show("status").then(figures),
    get("/api/history").then(moments),
    show(queries).then((rows) => fill("queries", QUERIES, rows, (row) => row.id, "No query was seen yet.")),
    get("/api/reasons").then((rows) => fill("reasons", REASONS, rows, (row) => row.reason, "No query had to.")),
    show("tables").then((rows) => fill("tables", TABLES, rows, (row) => row.table_name, "No table was seen yet.")),
    show("pool").then(pool),
    show("sources").then((rows) =>
      fill("sources", SOURCES, rows, (row) => row.source, "None: larder.invalidation.* asks for some.")),
    show("nodes").then((rows) =>
      fill("nodes", NODES, rows, (row) => row.node, "No stream that nodes share: larder.invalidation.redis asks for one.")),
    show("replicas").then((rows) =>
      fill("replicas", REPLICAS, rows, (row) => row.replica, "None: larder.replicas names them.")),
  ];
  if (by("all-settings").open) {
    parts.push(show("settings").then((rows) => fill("settings", SETTINGS, rows, (row) => row.setting, "")));
  }
  await Promise.all(parts);
}

async function once() {
  try {
    await refresh();
    if (by("notice").dataset.kind === "problem") notice("", "");
  } catch (problem) {
    by("state").className = "state bad";
    setText(by("state"), "not reached");
    notice("No answer from the application: " + problem.message, "problem");
  }
}

function notice(words, kind) {
  by("notice").dataset.kind = kind;
  setText(by("notice"), words);
}

async function forget(what, words) {
  const answer = await fetch("/api/forget", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(what),
  }).catch((problem) => ({ ok: false, text: () => problem.message }));
  const time = new Date().toLocaleTimeString();
  notice(answer.ok ? time + ": forgot " + words + "." : "Not forgotten: " + (await answer.text()), "forgot");
  await once();
}

by("pause").addEventListener("click", () => {
  paused = !paused;
  by("pause").setAttribute("aria-pressed", String(paused));
  setText(by("pause"), paused ? "Resume" : "Pause");
});
by("forget-everything").addEventListener("click", () => by("confirm").showModal());
by("confirm-no").addEventListener("click", () => by("confirm").close());
by("confirm-yes").addEventListener("click", () => {
  by("confirm").close();
  forget({ everything: true }, "everything");
});
by("order").addEventListener("change", once);
by("limit").addEventListener("change", once);
by("all-settings").addEventListener("toggle", once);

(async () => {
  remedies = await get("/remedies.json").catch(() => ({}));
  for (;;) {
    if (!paused && !document.hidden) await once();
    await new Promise((done) => setTimeout(done, EVERY_MS));
  }
})();
