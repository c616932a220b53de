/* Renewal by the keyboard: a letter answers a line and goes to the next; arrows and Tab do what they do everywhere. */

const KEYS = { e: "en-cours", m: "modifiee", t: "terminee", r: "a-retirer" };

const lines = (form) => [...form.querySelectorAll(".answers")];
const chosen = (line) => line.querySelector("input:checked")?.value ?? "";
const row = (line) => line.closest("tr");

/** Show what the answer of a line asks for, and nothing else. */
function show(line) {
  for (const part of row(line).querySelectorAll("[data-for]")) {
    const asked = part.dataset.for === chosen(line);
    part.classList.toggle("asked", asked);
    if (asked && part.tagName === "DETAILS") part.open = true;
  }
}

/** Say how far one has come: what is stored, and what is chosen here. */
function count(form) {
  const here = lines(form).filter((line) => chosen(line)).length;
  const done = Number(form.dataset.done);
  const total = Number(form.dataset.total);
  const words = here < 2 ? "réponse choisie" : "réponses choisies";
  form.querySelector("[data-count]").textContent =
    here === 0 ? "" : `${here}\u00a0${words}, à enregistrer\u00a0: ${done + here} sur ${total}.`;
}

function answer(form, line, value) {
  line.querySelector(`input[value="${value}"]`).checked = true;
  show(line);
  count(form);
}

/** After a letter: to what the answer asks, else to the next line without an answer, else to the button. */
function goOn(form, line) {
  const asked = row(line).querySelector(".asked :is(input, button)");
  if (asked) asked.focus();
  else goToNext(form, line);
}

function goToNext(form, line) {
  const all = lines(form);
  const after = all.slice(all.indexOf(line) + 1).find((one) => !chosen(one));
  const target = after?.querySelector("input") ?? form.querySelector(".actionbar .button");
  target.focus();
}

/** Enter, once a date is typed or a fiche read again, goes on as a letter does; saving is the button's. */
function entered(event, form) {
  const part = event.target.closest(".asked");
  if (!part || !event.target.matches("input")) return;
  event.preventDefault();
  if (event.target.type === "checkbox") event.target.checked = true;
  goToNext(form, row(part).querySelector(".answers"));
}

function pressed(event, form) {
  if (event.key === "Enter") return entered(event, form);
  const line = event.target.closest(".answers");
  const value = KEYS[event.key.toLowerCase()];
  if (!line || !value || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  event.preventDefault();
  answer(form, line, value);
  return goOn(form, line);
}

/** « toutes les fiches en cours sans réponse »: choose before the eyes; saving stays a gesture of its own. */
function chooseAll(event, form) {
  event.preventDefault();
  for (const line of lines(form)) {
    if (!chosen(line) && !row(line).querySelector(".again")) answer(form, line, KEYS.e);
  }
  form.querySelector(".actionbar .button").focus();
}

/** An answer that is chosen and not saved is not lost by a stray click. */
function guard(form) {
  let sending = false;
  const before = new FormData(form);
  const dirty = () => lines(form).some((line) => chosen(line) !== (before.get(line.querySelector("input").name) ?? ""));
  form.addEventListener("submit", () => (sending = true));
  window.addEventListener("pageshow", () => (sending = false));
  window.addEventListener("beforeunload", (event) => {
    if (!sending && dirty()) event.preventDefault();
  });
}

const form = document.querySelector("[data-renewal]");
if (form?.querySelector("[data-count]")) {
  form.classList.add("is-live");
  document.querySelector("[data-keys]").hidden = false;
  lines(form).forEach(show);
  guard(form);
  form.addEventListener("keydown", (event) => pressed(event, form));
  form.addEventListener("change", (event) => {
    const line = event.target.closest(".answers");
    if (line) show(line);
    count(form);
  });
  form.querySelector("[name=toutes]").addEventListener("click", (event) => chooseAll(event, form));
}
