// Saves a fiche or a dossier while it is written: one request at a time, the latest text last, and every change kept in this browser
// until the site has acknowledged it.

const form = document.getElementById("fiche");
const status = form.querySelector("[data-status]");
const CARRIED = new Set(["csrfmiddlewaretoken", "draft_key", "version", "base", "account", "action", "retour"]);
const PAUSE = 1000; // ms without a key before a save
const LONGEST = 3000; // ms of typing without a pause before one all the same
const PATIENCE = 15000;
const RETRY = [2000, 5000, 10000, 30000];

let busy = null; // the promise of the request in flight
let dirty = false;
let since = 0; // when the oldest unsaved change was typed
let timer = 0;
let failures = 0;
let halted = ""; // why nothing is sent any more: conflict, refused
let sent = null; // what was sent and not acknowledged: sent again as it was, so that a lost answer does no harm
let releasing = false;

const field = (name) => form.elements.namedItem(name);
const draft = () => field("draft_key").value;
const snapshot = () => {
  const pairs = [...new FormData(form)].filter(([name]) => !CARRIED.has(name));
  const services = [...new Set(pairs.filter(([name]) => name === "services").map(([, code]) => code))].sort();
  const words = pairs.filter(([name]) => name !== "services").map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")]);
  return [...words, ...services.map((code) => ["services", code])];
};
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || field("csrfmiddlewaretoken").value;

function say(text, ...more) {
  if (status.textContent === text && !more.length) return;
  status.replaceChildren(text, ...more);
}

function keep() {
  const entry = {
    fields: snapshot(),
    version: field("version").value,
    base: field("base").value,
    sent,
    collectivity: form.dataset.collectivity,
    title: form.dataset.title || field("title").value,
    url: location.pathname,
    isNew: !form.dataset.sheet,
  };
  return keptText.set(draft(), entry);
}

function fill(pairs) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) || []), value]);
  for (const control of form.elements) {
    if (!control.name || CARRIED.has(control.name) || control.type === "submit") continue;
    const found = values.get(control.name) || [];
    if (control.type === "checkbox" || control.type === "radio") control.checked = found.includes(control.value);
    else control.value = found[0] || "";
    control.dispatchEvent(new CustomEvent("restored", { bubbles: true }));
  }
}

function changed() {
  dirty = true;
  since ||= Date.now();
  const isKept = keep();
  if (halted) return;
  if (!isKept && failures) say("Ce navigateur refuse de garder le texte : enregistrez avant de fermer la page.");
  if (!failures) say("Enregistrement…");
  plan(failures ? RETRY[Math.min(failures, RETRY.length) - 1] : Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
}

function plan(wait) {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}

function request(body, options = {}) {
  const words = new URLSearchParams(body.fields);
  words.set("draft_key", draft());
  words.set("version", body.version);
  words.set("base", body.base);
  words.set("account", field("account").value);
  return fetch(form.dataset.autosave, {
    method: "POST",
    body: words,
    headers: { "X-CSRFToken": token(), Accept: "application/json" },
    redirect: "error",
    ...options,
  });
}

function send() {
  clearTimeout(timer);
  if (busy || halted || !(dirty || sent)) return busy;
  sent ||= { fields: snapshot(), version: field("version").value, base: field("base").value };
  since = Date.now();
  keep();
  busy = exchange(sent).finally(() => {
    busy = null;
    if ((dirty || sent) && !halted && !releasing) plan(failures ? RETRY[Math.min(failures, RETRY.length) - 1] : PAUSE);
  });
  return busy;
}

async function exchange(body) {
  let answer;
  let words = {};
  try {
    answer = await request(body, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.headers.get("Content-Type")?.includes("json")) words = await answer.json();
  } catch {
    answer = null;
  }
  if (answer?.ok && words.version) acknowledged(body, words);
  else if (!answer || answer.status >= 500) unreachable();
  else if (answer.status === 401) signedOut(words.sentence);
  else refused(answer.status, words.sentence);
}

function acknowledged(body, words) {
  failures = 0;
  sent = null;
  for (const input of document.querySelectorAll("[data-sheet-version]")) input.value = words.version;
  field("base").value = words.base;
  if (!form.dataset.sheet) adopt(words);
  const remark = form.querySelector("[data-remark]");
  if (remark) remark.textContent = words.remark;
  show(words.unkept);
  dirty = !same(snapshot(), body.fields);
  if (dirty) {
    keep();
    return;
  }
  since = 0;
  const left = Object.values(words.unkept);
  if (left.length) {
    keep();
    say(`Enregistré à ${words.saved_at}, sauf : ${left.join(" ")}`);
  } else {
    keptText.drop(draft());
    say(`Enregistré à ${words.saved_at}`);
  }
}

// The draft exists now: the page becomes its own, so that a reload or the back button finds it.
function adopt(words) {
  form.dataset.sheet = words.url;
  form.dataset.autosave = words.autosave;
  form.action = words.url;
  history.replaceState(history.state, "", words.url);
  const files = document.querySelector("[data-files]");
  if (!files) return;
  files.firstElementChild.href = `${words.url}?enregistre=1#pieces`;
  files.hidden = false;
  document.querySelector("[data-before-files]").hidden = true;
}

function show(unkept) {
  for (const control of form.querySelectorAll("[data-unkept]")) {
    control.removeAttribute("aria-invalid");
    delete control.dataset.unkept;
  }
  for (const name of Object.keys(unkept)) {
    const control = document.getElementById(`id_${name}`);
    if (!control) continue;
    control.setAttribute("aria-invalid", "true");
    control.dataset.unkept = "";
  }
}

function unreachable() {
  failures += 1;
  say("Hors connexion : votre texte est gardé sur cet appareil, il partira dès que possible.");
}

function signedOut(sentence) {
  failures += 1;
  const link = document.createElement("a");
  link.href = `/connexion/?next=${encodeURIComponent(location.pathname)}`;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = "Se reconnecter (nouvel onglet)";
  say(sentence || "Vous n’êtes plus connecté : le texte est gardé sur cet appareil.", " ", link);
}

function refused(code, sentence) {
  halted = code === 409 ? "conflict" : "refused";
  keep();
  const button = document.createElement("button");
  button.type = "submit";
  button.name = "action";
  button.value = "enregistrer";
  button.className = "link";
  button.textContent = code === 409 ? "Comparer les deux textes" : "Enregistrer à nouveau";
  say(sentence || "Le site n’a pas pu enregistrer : votre texte est gardé sur cet appareil.", " ", button);
}

// A text of before: put back, and sent under the version it was written on, so that nobody's work is covered.
function replay(entry) {
  fill(entry.fields);
  field("version").value = entry.version;
  field("base").value = entry.base;
  sent = entry.sent;
  dirty = true;
  since = Date.now();
  say("Un texte gardé sur cet appareil a été retrouvé, il s’enregistre…");
  send();
}

function offer(key, entry) {
  const box = document.querySelector("[data-kept]");
  const words = document.createElement("p");
  words.textContent = `Une nouvelle fiche commencée sur cet appareil n’est pas enregistrée : « ${entry.title || "sans titre"} ».`;
  const actions = document.createElement("p");
  actions.className = "cluster";
  for (const [label, act] of [
    ["La reprendre", () => { field("draft_key").value = key; replay(entry); }],
    ["L’effacer", () => keptText.drop(key)],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = label;
    button.addEventListener("click", () => { act(); box.hidden = true; });
    actions.append(button);
  }
  box.className = "notice";
  box.setAttribute("role", "status");
  box.replaceChildren(words, actions);
  box.hidden = false;
}

function begin() {
  const address = new URL(location.href);
  if (address.searchParams.has("enregistre")) {
    keptText.drop(draft());
    history.replaceState(history.state, "", address.pathname);
  }
  const entry = keptText.get(draft());
  const isShownAgain = "unsaved" in form.dataset;
  if (entry && !isShownAgain && same(entry.fields, snapshot())) keptText.drop(draft());
  else if (entry && !isShownAgain) replay(entry);
  else if (isShownAgain) keep();
  if (form.dataset.sheet) return;
  const waiting = keptText.all().find(([key, one]) => key !== draft() && one?.isNew && one.collectivity === form.dataset.collectivity);
  if (waiting) offer(...waiting);
}

async function settled() {
  const limit = Date.now() + 4000;
  while ((busy || dirty || sent) && !halted && !failures && Date.now() < limit) await (busy || send());
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
// A key asks to save now (jury-keys.js); left unanswered where nothing is sent any more, so that the page goes to the site.
form.addEventListener("saving", (event) => {
  if (halted) return;
  event.preventDefault();
  if (busy || dirty || sent) plan(0);
  else say("Tout est déjà enregistré.");
});
form.addEventListener("submit", async (event) => {
  if (releasing) return;
  const button = event.submitter;
  if (!event.defaultPrevented && (busy || dirty || sent) && !halted) {
    event.preventDefault();
    await settled();
  }
  if (event.defaultPrevented && button?.matches("[data-preview], [data-suggest]")) return;
  field("csrfmiddlewaretoken").value = token();
  clearTimeout(timer);
  if (!event.defaultPrevented) return;
  releasing = true;
  form.requestSubmit(button);
});
addEventListener("pagehide", () => {
  if (releasing || halted || !dirty) return;
  keep();
  request({ fields: snapshot(), version: field("version").value, base: field("base").value }, { keepalive: true }).catch(() => {});
});
addEventListener("pageshow", (event) => {
  if (event.persisted) releasing = false;
});
for (const name of ["online", "focus"]) {
  addEventListener(name, () => {
    if (failures && (dirty || sent)) plan(0);
  });
}
begin();
