// A dossier of the jury by keyboard: next, previous, scores, remarks, save, help. Silent while one types, and when it is put off
// (« Touches actives », kept in this browser: WCAG 2.1.4); digits act on nothing but the criterion that has the focus.

const KEPT = "atlaas-jury-keys";
const help = document.getElementById("touches");
const opener = document.getElementById("touches-ouvrir");
const box = document.getElementById("touches-actives");
const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const OWN_ARROWS = `${TYPED}, input, summary, [role=slider], .scroll`; // what moves by itself with the arrows
const CRITERIA = "#evaluation fieldset.criterion";

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
const reach = (group) => (group?.querySelector("input:checked") || group?.querySelector("input"))?.focus();

// The first criterion; once handed in, the first field of what still changes.
function scores() {
  const group = document.querySelector(CRITERIA);
  if (group) reach(group);
  else document.querySelector("#evaluation :is(summary, select, textarea)")?.focus();
}

function remarks() {
  const first = document.querySelector("#remarques select");
  if (!first) return;
  first.closest("details").open = true;
  first.focus();
}

function save() {
  const form = document.getElementById("fiche");
  if (!form) return;
  // Whoever saves while one types answers; nobody does: the button.
  if (form.dispatchEvent(new CustomEvent("saving", { cancelable: true }))) form.requestSubmit(form.querySelector("[value=enregistrer]"));
}

function toggle() {
  if (help.open) help.close();
  else help.showModal();
}

// The value that a key gives; the upper row of a French keyboard says « & » where 1 is printed.
function digit(event) {
  if (/^\d$/.test(event.key)) return event.key;
  return event.key.length === 1 ? event.code.match(/^Digit(\d)$/)?.[1] : undefined;
}

function grade(event) {
  const group = event.target.closest(CRITERIA);
  const value = group && digit(event);
  const choice = value && group.querySelector(`input[value="${value}"]`);
  if (!choice) return false;
  if (!choice.checked) choice.click();
  const all = [...document.querySelectorAll(CRITERIA)];
  const next = all[all.indexOf(group) + 1];
  if (next) reach(next);
  else choice.focus();
  return true;
}

const ACTIONS = {
  j: () => follow("next"),
  ArrowRight: () => follow("next"),
  k: () => follow("prev"),
  ArrowLeft: () => follow("prev"),
  s: scores,
  r: remarks,
  e: save,
  "?": toggle,
};

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (!box.checked || event.target.closest(event.key.startsWith("Arrow") ? OWN_ARROWS : TYPED)) return;
  const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (document.querySelector("dialog[open]") && action !== toggle) return;
  if (!action && !grade(event)) return;
  event.preventDefault();
  action?.();
}

if (help) {
  opener.hidden = false;
  box.checked = !isOff();
  box.addEventListener("change", () => put(KEPT, box.checked ? "on" : "off"));
  opener.querySelector("button").addEventListener("click", toggle);
  document.addEventListener("keydown", pressed);
}
