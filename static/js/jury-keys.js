// The dossiers of a juror by keyboard: next, previous, first score, help. Silent while one types, and when it is put off.

const KEPT = "atlaas-jury-keys";
const help = document.getElementById("touches");
const box = document.getElementById("touches-actives");
const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const OWN_ARROWS = `${TYPED}, input, summary, [role=slider], .scroll`; // what moves by itself with the arrows

function put(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Kept for this page only.
  }
}

function isOff() {
  try {
    return localStorage.getItem(KEPT) === "off";
  } catch {
    return false;
  }
}

const follow = (rel) => document.querySelector(`nav a[rel=${rel}]`)?.click();

function score() {
  const fields = [...document.querySelectorAll("#notation :is(input:not([type=hidden]), select, textarea)")];
  const first = fields.find((field) => !field.disabled);
  const group = first?.type === "radio" ? fields.find((field) => field.name === first.name && field.checked) : null;
  (group || first)?.focus();
}

function toggle() {
  help.open = !help.open;
  if (help.open) help.querySelector("summary").focus();
}

const ACTIONS = {
  j: () => follow("next"),
  ArrowRight: () => follow("next"),
  k: () => follow("prev"),
  ArrowLeft: () => follow("prev"),
  s: score,
  "?": toggle,
};

function pressed(event) {
  const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest(event.key.startsWith("Arrow") ? OWN_ARROWS : TYPED)) return;
  if (!box.checked || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  action();
}

if (help) {
  help.hidden = false;
  box.checked = !isOff();
  box.addEventListener("change", () => put(KEPT, box.checked ? "on" : "off"));
  document.addEventListener("keydown", pressed);
}
