"use strict";
(() => {
  // A button that copies, beside each command.
  for (const holder of document.querySelectorAll(".command")) {
    const button = document.createElement("button"), code = holder.querySelector("code");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
      } catch {
        getSelection().selectAllChildren(code);
        document.execCommand("copy");
      }
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    holder.append(button);
  }
  addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details")) one.open = true; });
  const opened = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.matches("details")) target.open = true;
  };
  addEventListener("hashchange", opened);
  opened();
})();
(() => {
  const PAGE = 100;
  if (!document.getElementById("data")) return;
  const data = JSON.parse(document.getElementById("data").textContent);
  const element = (id) => document.getElementById(id);
  const table = element("table"), body = table.tBodies[0], chosen = element("rule"), words = element("words");
  const number = (n) => n.toLocaleString("en-US");

  // One entry a finding: the rule's place, the line, and the place of its texts, -1 where only the line is kept.
  let total = 0;
  for (const rule of data.rules) total += rule.lines.length;
  const ruleOf = new Uint16Array(total), lineOf = new Float64Array(total), textsOf = new Int32Array(total);
  let at = 0, full = 0;
  data.rules.forEach((rule, place) => {
    let line = 0;
    rule.lines.forEach((step, index) => {
      line += step;
      ruleOf[at] = place;
      lineOf[at] = line;
      textsOf[at] = index * 3 < rule.rows.length ? index * 3 : -1;
      if (textsOf[at] >= 0) full++;
      at++;
    });
    rule.name = `${rule.code} ${rule.title}`;
    rule.lowered = rule.name.toLowerCase();
  });
  const option = (value, label, into) => {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = label;
    into.append(made);
  };
  const outcomes = { stop: "What stops the list", reject: "Rows left out", warn: "Rows to review", fix: "Corrected by clean" };
  for (const [outcome, label] of Object.entries(outcomes)) {
    const rules = data.rules.filter((rule) => rule.outcome === outcome);
    if (!rules.length) continue;
    const group = document.createElement("optgroup");
    group.label = label;
    option(outcome, `all of these (${number(rules.reduce((sum, rule) => sum + rule.lines.length, 0))})`, group);
    for (const rule of rules) option(rule.code, `${rule.name} (${number(rule.lines.length)})`, group);
    chosen.append(group);
  }
  const text = (finding, which) => {
    const from = textsOf[finding], rule = data.rules[ruleOf[finding]];
    if (from < 0) return which === 1 ? rule.general : "";
    return data.texts[rule.rows[from + which]];
  };
  const field = {
    line: (f) => lineOf[f],
    rule: (f) => data.rules[ruleOf[f]].name,
    column: (f) => text(f, 0),
    what: (f) => text(f, 1),
    cell: (f) => text(f, 2),
  };
  const lowered = data.texts.map((one) => one.toLowerCase());
  const loweredText = (finding, which) => {
    const from = textsOf[finding], rule = data.rules[ruleOf[finding]];
    if (from < 0) return which === 1 ? rule.general.toLowerCase() : "";
    return lowered[rule.rows[from + which]];
  };

  const ranks = { stop: 0, reject: 1, warn: 2, fix: 3 };
  field.rank = (f) => ranks[data.rules[ruleOf[f]].outcome];

  let shown = [], page = 0, by = "rank", up = true;

  function matches(finding, wanted) {
    const rule = data.rules[ruleOf[finding]];
    if (chosen.value && rule.code !== chosen.value && rule.outcome !== chosen.value) return false;
    return wanted.every((word) =>
      String(lineOf[finding]) === word || rule.lowered.includes(word) ||
      loweredText(finding, 0).includes(word) || loweredText(finding, 1).includes(word) ||
      loweredText(finding, 2).includes(word));
  }

  function compare(a, b) {
    const x = field[by](a), y = field[by](b);
    const order = x < y ? -1 : x > y ? 1 : 0;
    return (up ? order : -order) || lineOf[a] - lineOf[b] || ruleOf[a] - ruleOf[b];
  }

  function refresh() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = [];
    for (let finding = 0; finding < total; finding++) if (matches(finding, wanted)) shown.push(finding);
    shown.sort(compare);
    page = 0;
    draw();
  }

  function cell(row, value, kind) {
    const made = row.insertCell();
    if (kind) made.className = kind;
    if (typeof value === "number") { made.textContent = value; return made; }
    const isolated = document.createElement("bdi");
    isolated.textContent = value;
    made.append(isolated);
    return made;
  }

  function draw() {
    const pages = Math.max(1, Math.ceil(shown.length / PAGE));
    const rows = shown.slice(page * PAGE, (page + 1) * PAGE);
    const fresh = document.createDocumentFragment();
    const holder = document.createElement("tbody");
    for (const finding of rows) {
      const row = holder.insertRow(), rule = data.rules[ruleOf[finding]];
      cell(row, field.what(finding));
      cell(row, field.cell(finding), "cell");
      cell(row, field.column(finding));
      cell(row, lineOf[finding], "n line");
      const named = row.insertCell(), chip = document.createElement("span");
      chip.className = `chip ${rule.outcome}`;
      chip.textContent = rule.code;
      named.append(chip);
      fresh.append(row);
    }
    body.replaceChildren(fresh);
    const from = shown.length ? page * PAGE + 1 : 0;
    element("status").textContent = shown.length
      ? `${number(from)}–${number(from + rows.length - 1)} of ${number(shown.length)}` : "No match; try other words";
    element("page").textContent = `Page ${number(page + 1)} of ${number(pages)}`;
    element("pages").hidden = pages === 1;
    element("before").disabled = page === 0;
    element("after").disabled = page === pages - 1;
  }

  for (const head of table.tHead.querySelectorAll("th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      up = by === head.dataset.sort ? !up : true;
      by = head.dataset.sort;
      for (const other of table.tHead.querySelectorAll("th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      refresh();
    });
  }
  let waiting = 0;
  words.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 120); });
  chosen.addEventListener("change", refresh);
  element("filter").addEventListener("submit", (event) => event.preventDefault());
  element("before").addEventListener("click", () => { page--; draw(); });
  element("after").addEventListener("click", () => { page++; draw(); });
  for (const link of document.querySelectorAll("a.show")) {
    link.hidden = false;
    link.addEventListener("click", () => { chosen.value = link.dataset.rule; words.value = ""; refresh(); });
  }
  element("plain").textContent = full < total
    ? `Columns, details and cells are kept for ${number(full)} findings; of the others, line and rule. ` +
      "The rejects file has the cells of all rows that are left out." : "";
  element("filter").hidden = false;
  refresh();
})();
