// Shows one page of rows that the kernel sends as text, and reports gestures by name.
// Cells become text nodes; nothing a customer typed is ever read as markup.

const DEBOUNCE = 250; // milliseconds between the last key and the search
const GLYPHS = { first: "«", previous: "‹", next: "›", last: "»" };

function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  if (tag === "button") element.type = "button";
  return element;
}

function labelled(tag, label, text = "") {
  const element = make(tag, "", text);
  element.setAttribute("aria-label", label);
  return element;
}

function skeleton() {
  const root = make("section", "stcrm stcrm-grid");
  const bar = make("div", "bar");
  const search = make("input", "search");
  search.type = "search";
  search.spellcheck = false;
  search.autocomplete = "off";
  const count = make("span", "count");
  count.setAttribute("role", "status");
  const chosen = make("span", "chosen");
  const more = make("button", "link");
  const clear = make("button", "link", "Clear selection");
  bar.append(search, count, chosen, more, clear);
  const scroll = make("div", "scroll");
  const table = make("table");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-multiselectable", "true");
  const head = table.createTHead();
  const body = table.createTBody();
  scroll.append(table);
  const note = make("p", "note");
  note.setAttribute("role", "status");
  const pager = make("nav", "pager");
  const steps = {};
  for (const step of ["first", "previous", "next", "last"]) {
    steps[step] = labelled("button", `${step[0].toUpperCase()}${step.slice(1)} page`, GLYPHS[step]);
    steps[step].title = steps[step].getAttribute("aria-label");
  }
  const where = make("label", "where", "Page ");
  const at = make("input");
  at.type = "number";
  at.min = "1";
  const of = make("span");
  where.append(at, of);
  const zone = make("span", "zone");
  const sizeLabel = make("label", "size", "Rows a page ");
  const size = make("select");
  sizeLabel.append(size);
  pager.append(steps.first, steps.previous, where, steps.next, steps.last, zone, sizeLabel);
  root.append(bar, scroll, note, pager);
  return { root, search, count, chosen, more, clear, at, of, table, head, body, scroll, note, pager, steps, zone, size };
}

// Hands a file over to the user; it never leaves this machine.
function offer(name, [data]) {
  const place = URL.createObjectURL(new Blob([data], { type: "application/octet-stream" }));
  const link = make("a");
  link.href = place;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(place), 60_000);
}

function headCell(column, sorts, width) {
  const cell = make("th", column.kind);
  cell.scope = "col";
  const at = sorts.findIndex((each) => each[0] === column.name);
  const sorted = at < 0 ? "none" : sorts[at][1] ? "descending" : "ascending";
  cell.setAttribute("aria-sort", sorted);
  if (width) cell.style.width = cell.style.minWidth = cell.style.maxWidth = `${width}px`;
  const button = make("button", "heading", column.heading);
  button.dataset.column = column.name;
  button.title = column.meaning;
  const glyph = { none: "", ascending: "▲", descending: "▼" }[sorted];
  const arrow = make("span", "arrow", sorts.length > 1 && glyph ? `${glyph}${at + 1}` : glyph);
  arrow.setAttribute("aria-hidden", "true");
  button.append(arrow);
  const edge = make("span", "edge"); // drag it to make the column wider
  edge.setAttribute("aria-hidden", "true");
  edge.dataset.column = column.name;
  cell.append(button, edge);
  return cell;
}

function bodyCell(column, text) {
  const cell = make("td", column.kind);
  cell.setAttribute("role", "gridcell");
  if (text === null) {
    cell.classList.add("quiet");
    cell.textContent = "–";
  } else if (column.opens) {
    const button = labelled("button", `Open ${text}`, text);
    button.className = "link opener";
    cell.append(button);
  } else {
    cell.textContent = text;
  }
  if (text !== null && text.length > 16) cell.title = text;
  return cell;
}

function checkCell(tag, label, checked) {
  const cell = make(tag, "check");
  cell.setAttribute("role", tag === "th" ? "columnheader" : "gridcell");
  const box = labelled("input", label);
  box.type = "checkbox";
  box.checked = checked;
  cell.append(box);
  return cell;
}

function render({ model, el }) {
  const parts = skeleton();
  const stop = new AbortController();
  const on = (target, type, act, options = {}) => {
    target.addEventListener(type, act, { signal: stop.signal, ...options });
  };
  const send = (gesture, facts = {}) => model.send({ gesture, ...facts });
  let page = model.get("page");
  let active = [1, 1]; // row and column of the one tab stop; row 0 is the header
  let seq = page.seq ?? 0;
  let timer = 0;
  let anchor = ""; // the row that a range begins at
  const widths = new Map();
  el.append(parts.root);

  const rowsOf = () => [parts.head.rows[0], ...parts.body.rows].filter(Boolean);
  const stopOf = (cell) => cell.querySelector("button, input") ?? cell;

  function point(row, column, focus = true) {
    const rows = rowsOf();
    if (!rows.length) return;
    active = [Math.min(Math.max(row, 0), rows.length - 1), column];
    const cells = rows[active[0]].cells;
    active[1] = Math.min(Math.max(column, 0), cells.length - 1);
    for (const each of parts.table.querySelectorAll('[tabindex="0"]')) each.tabIndex = -1;
    const target = stopOf(cells[active[1]]);
    target.tabIndex = 0;
    if (focus) {
      target.focus({ preventScroll: true });
      target.closest("td, th").scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  function drawRows() {
    const selected = new Set(page.selected);
    const header = make("tr");
    header.setAttribute("aria-rowindex", "1");
    const all = checkCell("th", "Select all rows on this page", selected.size > 0 && selected.size === page.keys.length);
    all.firstChild.indeterminate = selected.size > 0 && selected.size < page.keys.length;
    header.append(all, ...page.columns.map((column) => headCell(column, page.sorts, widths.get(column.name))));
    const rows = page.rows.map((cells, index) => {
      const key = page.keys[index];
      const row = make("tr");
      row.dataset.key = key;
      row.setAttribute("aria-rowindex", String(page.start + index + 1));
      row.setAttribute("aria-selected", String(selected.has(key)));
      row.append(checkCell("td", `Select ${page.singular} ${key}`, selected.has(key)));
      row.append(...cells.map((text, at) => bodyCell(page.columns[at], text)));
      return row;
    });
    parts.head.replaceChildren(header);
    parts.body.replaceChildren(...rows);
    for (const each of parts.table.querySelectorAll("button, input, td")) each.tabIndex = -1;
  }

  function drawPager() {
    parts.zone.textContent = `Times in ${page.zone}`;
    parts.at.value = String(page.page + 1);
    parts.at.max = String(page.pages);
    parts.at.setAttribute("aria-label", `Page, 1 to ${page.pages}`);
    parts.of.textContent = ` of ${page.pages.toLocaleString("en")}`;
    const ends = { first: page.page === 0, previous: page.page === 0 };
    ends.next = ends.last = page.page >= page.pages - 1;
    for (const [step, button] of Object.entries(parts.steps)) button.disabled = ends[step];
    parts.size.replaceChildren(...page.sizes.map((size) => new Option(String(size), String(size))));
    parts.size.value = String(page.size);
  }

  function draw() {
    page = model.get("page");
    const ready = page.state === "ready";
    if (ready && page.seq < seq) return; // an answer to an older search: a newer one is on its way
    const held = parts.table.contains(document.activeElement);
    const moved = parts.table.dataset.page !== String(page.page);
    parts.root.dataset.state = page.state;
    if (ready) parts.root.dataset.text = page.text; // the search that is answered
    parts.root.setAttribute("aria-label", `List of ${page.plural}`);
    parts.search.placeholder = `Search ${page.plural}`;
    parts.search.setAttribute("aria-label", `Search ${page.plural}`);
    parts.search.disabled = !ready;
    parts.scroll.hidden = !ready;
    parts.pager.hidden = !ready;
    parts.note.textContent = page.note;
    parts.note.hidden = !page.note;
    parts.count.textContent = page.count ?? "";
    parts.chosen.textContent = page.chosen ?? "";
    parts.clear.hidden = !page.chosen;
    parts.more.textContent = page.more ?? "";
    parts.more.hidden = !page.more;
    parts.table.setAttribute("aria-busy", String(!ready));
    if (!ready) return;
    if (!timer && parts.search.value.trim() !== page.text) parts.search.value = page.text;
    parts.table.setAttribute("aria-label", page.plural);
    parts.table.setAttribute("aria-rowcount", String(page.matching + 1));
    parts.table.setAttribute("aria-colcount", String(page.columns.length + 1));
    parts.table.dataset.page = String(page.page);
    parts.pager.setAttribute("aria-label", `Pages of ${page.plural}`);
    drawRows();
    drawPager();
    if (moved) parts.scroll.scrollTop = 0;
    point(...active, held);
  }

  function search() {
    timer = 0;
    seq += 1;
    send("search", { text: parts.search.value, seq });
  }

  function select(keys, chosen) {
    if (keys.length) send("select", { keys, chosen });
  }

  // With Shift, all rows from the last one that was picked to this one.
  function pick(key, chosen, ranging) {
    const [from, to] = [page.keys.indexOf(anchor), page.keys.indexOf(key)].sort((one, other) => one - other);
    select(ranging && from >= 0 ? page.keys.slice(from, to + 1) : [key], chosen);
    anchor = key;
  }

  // A cell copies as it stands; rows as a table, and no cell of it is read as a formula.
  const guarded = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/[\t\r\n]+/g, " ");
  function copy(event) {
    if (String(window.getSelection()) || event.target.closest("input:not([type=checkbox])")) return;
    const [at, column] = active;
    const chosen = new Set(page.selected);
    const lines = page.rows.filter((_, index) => chosen.has(page.keys[index]));
    const headings = page.columns.map((each) => each.heading);
    const one = at > 0 && column > 0 ? (page.rows[at - 1]?.[column - 1] ?? "") : "";
    const table = [headings, ...lines].map((cells) => cells.map((text) => guarded(text ?? "")).join("\t"));
    event.clipboardData.setData("text/plain", lines.length ? table.join("\n") : one);
    event.preventDefault();
    parts.count.textContent = lines.length ? `${lines.length} rows copied` : "Cell copied";
  }

  function widen(event) {
    const edge = event.target.closest(".edge");
    if (!edge) return;
    event.preventDefault();
    const cell = edge.parentElement;
    const [start, width] = [event.clientX, cell.offsetWidth];
    edge.setPointerCapture(event.pointerId);
    edge.onpointermove = (moved) => {
      const wide = Math.max(48, width + moved.clientX - start);
      widths.set(edge.dataset.column, wide);
      cell.style.width = cell.style.minWidth = cell.style.maxWidth = `${wide}px`;
    };
    edge.onpointerup = () => (edge.onpointermove = null);
  }

  function press(event) {
    const row = event.target.closest("tr");
    const [at, column] = active;
    const last = page.rows.length;
    const moves = {
      ArrowDown: () => point(at + 1, column),
      ArrowUp: () => point(at - 1, column),
      ArrowRight: () => point(at, column + 1),
      ArrowLeft: () => point(at, column - 1),
      Home: () => point(event.ctrlKey ? 1 : at, event.ctrlKey ? column : 0),
      End: () => point(event.ctrlKey ? last : at, event.ctrlKey ? column : Infinity),
      PageDown: () => page.page < page.pages - 1 && send("page", { page: page.page + 1 }),
      PageUp: () => page.page > 0 && send("page", { page: page.page - 1 }),
    };
    if (row?.dataset.key) {
      moves[" "] = () => pick(row.dataset.key, row.getAttribute("aria-selected") !== "true", event.shiftKey);
      moves.Enter = () => send("open", { key: row.dataset.key });
    }
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  function click(event) {
    const cell = event.target.closest("td, th");
    if (!cell) return;
    const row = cell.parentElement;
    point(rowsOf().indexOf(row), cell.cellIndex);
    const target = event.target.closest("button, input");
    if (!target) return;
    if (target.dataset.column) send("sort", { column: target.dataset.column, add: event.shiftKey });
    else if (target.type !== "checkbox") send("open", { key: row.dataset.key });
    else if (row.dataset.key) pick(row.dataset.key, target.checked, event.shiftKey);
    else select(page.keys, target.checked);
  }

  // Keys pressed here are not the notebook's, but Ctrl+S and its kin still are.
  on(window, "keydown", (event) => {
    parts.root.toggleAttribute("data-lm-suppress-shortcuts", !(event.ctrlKey || event.metaKey));
  }, { capture: true });
  on(parts.root, "keydown", (event) => event.stopPropagation());
  on(parts.table, "keydown", press);
  on(parts.table, "click", click);
  on(parts.table, "pointerdown", widen);
  on(parts.root, "copy", copy);
  on(parts.table, "dblclick", (event) => {
    const row = event.target.closest("tr[data-key]");
    if (row && !event.target.closest("button, input")) send("open", { key: row.dataset.key });
  });
  on(parts.search, "input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, DEBOUNCE);
  });
  on(parts.search, "keydown", (event) => {
    if (event.key === "Escape" && parts.search.value) {
      parts.search.value = "";
      clearTimeout(timer);
      search();
    }
    if (event.key === "ArrowDown") point(1, active[1]);
  });
  on(parts.clear, "click", () => send("deselect"));
  on(parts.more, "click", () => send("select_all"));
  on(parts.at, "change", () => send("page", { page: Number(parts.at.value) - 1 }));
  on(parts.size, "change", () => send("size", { size: Number(parts.size.value) }));
  on(parts.steps.first, "click", () => send("page", { page: 0 }));
  on(parts.steps.previous, "click", () => send("page", { page: page.page - 1 }));
  on(parts.steps.next, "click", () => send("page", { page: page.page + 1 }));
  on(parts.steps.last, "click", () => send("page", { page: page.pages - 1 }));

  const hear = (message, buffers) => {
    if (message.download) offer(message.download, buffers);
    if (message.focus) focusRow(message);
  };
  const focusRow = (message) => {
    const at = page.keys?.indexOf(message.focus) ?? -1;
    requestAnimationFrame(() => point(at < 0 ? 1 : at + 1, 1));
  };
  model.on("change:page", draw);
  model.on("msg:custom", hear);
  draw();
  send("shown");
  return () => {
    stop.abort();
    clearTimeout(timer);
    model.off("change:page", draw);
    model.off("msg:custom", hear);
    send("hidden"); // nobody looks: the kernel may let the rows go
  };
}

export default { render };
