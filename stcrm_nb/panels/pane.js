// Draws a tree of nodes that the kernel sends and reports gestures by name. Text goes in as text, never as markup.

const TAGS = new Set(
  ("div span p h2 h3 h4 ul li dl dt dd table caption thead tbody tr th td label fieldset legend input select " +
   "option button details summary pre strong section s textarea a progress img").split(" "));
const ATTRIBUTES = new Set(
  ("class role title type value checked disabled selected open scope min max placeholder tabindex autocomplete " +
   "href src alt placeholder aria-label aria-live aria-busy aria-pressed aria-describedby id inputmode data-key")
    .split(" "));

const FIELDS = "input[data-key], select[data-key], textarea[data-key]";

const PRESSED = "button, summary, a, label, input[type=checkbox]";
const LONGEST_PRESS = 5000; // milliseconds

const keyOf = (element) => element?.closest?.("[data-key]")?.dataset.key ?? "";

function build(node, report) {
  if (typeof node === "string") return document.createTextNode(node);
  if (!TAGS.has(node.tag)) return document.createTextNode("");
  const element = document.createElement(node.tag);
  const { gesture, key, once, copy, copies, ...attributes } = node.attributes;
  for (const [name, value] of Object.entries(attributes)) {
    if (ATTRIBUTES.has(name)) element.setAttribute(name, value === true ? "" : String(value));
  }
  if (key) element.dataset.key = key;
  if (node.tag === "button") element.type = "button";
  if (node.tag === "a") linked(element);
  if (node.tag === "img" && !/^data:image\/png;base64,/.test(element.getAttribute("src"))) element.removeAttribute("src");
  if (copy) element.dataset.copy = copy;
  if (copies) element.addEventListener("click", () => copied(element, copies));
  element.append(...node.children.map((child) => build(child, report)));
  if (gesture) listen(element, () => report(gesture, element), once);
  element.tells = Boolean(gesture);
  return element;
}

// A button copies the text that stands beside it, and says so.
async function copied(button, name) {
  const source = button.getRootNode().querySelector(`[data-copy="${CSS.escape(name)}"]`);
  await navigator.clipboard?.writeText(source.textContent);
  button.textContent = "Copied";
}

// A link leads to a page of the open web, in a tab of its own that knows nothing of this one.
function linked(element) {
  if (!element.href.startsWith("https:")) element.removeAttribute("href");
  element.target = "_blank";
  element.rel = "noopener noreferrer";
}

// What stands in fields that nobody has sent yet, as a way to put it into the fields drawn in their place.
function unsent(root) {
  const kept = new Map();
  for (const field of root.querySelectorAll(FIELDS)) {
    const state = field.type === "checkbox" ? "checked" : "value";
    const before = initial(field);
    if (field.tells || field[state] === before) continue;
    const [now, caret] = [field[state], field.type === "text" || field.tagName === "TEXTAREA" ? field.selectionStart : null];
    kept.set(keyOf(field), (drawn) => {
      if (drawn.tells || initial(drawn) !== before) return;
      drawn[state] = now;
      if (caret !== null) drawn.setSelectionRange(caret, caret);
    });
  }
  return kept;
}

// The value that the kernel drew.
function initial(field) {
  if (field.type === "checkbox") return field.defaultChecked;
  if (field.tagName !== "SELECT") return field.defaultValue;
  return ([...field.options].find((each) => each.defaultSelected) ?? field.options[0])?.value ?? "";
}

function listen(element, tell, once) {
  let typing = false; // a date is "changed" at each key: wait until it is typed
  element.addEventListener(element.type === "button" ? "click" : "change", () => {
    if (typing) return;
    tell();
    if (once) element.disabled = true; // until the kernel draws again
  });
  if (element.type !== "date") return;
  const typed = () => {
    if (typing) tell();
    typing = false;
  };
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter") typed();
    else if (event.key !== "Tab") typing = true;
  });
  element.addEventListener("blur", typed);
}

function render({ model, el }) {
  const stop = new AbortController();
  const root = document.createElement("section");
  root.className = "stcrm stcrm-pane";
  el.append(root);

  // Keys pressed here are not the notebook's, but Ctrl+S and its kin still are.
  const hush = (event) => {
    root.toggleAttribute("data-lm-suppress-shortcuts", !(event.ctrlKey || event.metaKey));
  };
  window.addEventListener("keydown", hush, { capture: true, signal: stop.signal });
  root.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const details = event.target.closest("details[open]");
    if (event.key === "Escape" && details) {
      details.open = false;
      details.querySelector("summary").focus();
    }
  });
  const closeMenus = (event) => {
    for (const details of root.querySelectorAll("details.menu[open]")) {
      if (!details.contains(event.target)) details.open = false;
    }
  };
  for (const type of ["pointerdown", "focusin"]) {
    document.addEventListener(type, closeMenus, { signal: stop.signal });
  }

  const report = (gesture, element) => {
    const fields = {};
    for (const input of root.querySelectorAll(FIELDS)) {
      fields[input.dataset.key] = input.type === "checkbox" ? input.checked : input.value;
      input.tells ||= element.type === "button"; // what a button sent is the kernel's from now on
    }
    model.send({ gesture, value: element.value ?? "", checked: Boolean(element.checked), fields });
  };

  // What is pressed is not drawn anew before it is let go: the click would be nobody's.
  let pressed = false;
  let waiting = false;
  let longest; // a press whose end nobody tells
  const letGo = () => {
    clearTimeout(longest);
    pressed = false;
    if (waiting) draw();
  };
  root.addEventListener("pointerdown", (event) => {
    if (!event.target.closest(PRESSED)) return;
    pressed = true;
    clearTimeout(longest);
    longest = setTimeout(letGo, LONGEST_PRESS);
  });
  for (const type of ["pointerup", "pointercancel"]) {
    window.addEventListener(type, () => setTimeout(letGo), { signal: stop.signal }); // the click comes first
  }

  const draw = () => {
    waiting = pressed;
    if (waiting) return;
    const tree = model.get("tree");
    const focused = root.contains(document.activeElement) ? keyOf(document.activeElement) : "";
    const open = new Set([...root.querySelectorAll("details[open]")].map(keyOf));
    root.setAttribute("aria-label", tree.label ?? "");
    const typed = unsent(root);
    root.replaceChildren(...(tree.children ?? []).map((node) => build(node, report)));
    for (const details of root.querySelectorAll("details[data-key]")) {
      if (open.has(details.dataset.key)) details.open = true;
    }
    for (const field of root.querySelectorAll(FIELDS)) typed.get(keyOf(field))?.(field);
    const key = tree.focus || focused;
    const target = key && [...root.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    if (target) target.focus({ preventScroll: !tree.focus });
  };
  model.on("change:tree", draw);
  draw();
  return () => {
    stop.abort();
    clearTimeout(longest);
    model.off("change:tree", draw);
  };
}

export default { render };
