// Text that the site has not acknowledged, kept in this browser: under the account that wrote it, for seven days at most,
// and erased by a voluntary sign-out. Other modules find it as `keptText` (files have hashed names, so none imports another).

const PREFIX = "atlaas:fiche:";
const DAYS = 7;
const account = document.body.dataset.account || "";

const keyOf = (draft) => `${PREFIX}${account}:${draft}`;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // what another program wrote there is none of ours
  }
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return []; // storage refused by the browser: the page works, it only keeps nothing
  }
}

function purge() {
  const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
  for (const key of keys()) {
    if (!(read(key)?.at > oldest)) localStorage.removeItem(key);
  }
}

globalThis.keptText = {
  account,
  get: (draft) => (account ? read(keyOf(draft)) : null),
  set(draft, entry) {
    if (!account) return false;
    try {
      localStorage.setItem(keyOf(draft), JSON.stringify({ ...entry, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  },
  drop(draft) {
    try {
      if (account) localStorage.removeItem(keyOf(draft));
    } catch {
      // Storage is refused in this browser: nothing was kept.
    }
  },
  // Every text of this account: [draft, entry].
  all() {
    const own = `${PREFIX}${account}:`;
    return keys().filter((key) => account && key.startsWith(own)).map((key) => [key.slice(own.length), read(key)]);
  },
};

function ask(form, texts) {
  const dialog = document.createElement("dialog");
  dialog.className = "stack";
  dialog.setAttribute("aria-labelledby", "t-quitter");
  const title = document.createElement("h2");
  title.id = "t-quitter";
  title.textContent = "Du texte n’est pas encore enregistré";
  const list = document.createElement("ul");
  for (const [, entry] of texts) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = entry.url;
    link.textContent = entry.title || "Fiche sans titre";
    item.append(link);
    list.append(item);
  }
  const words = document.createElement("p");
  words.textContent = "Se déconnecter l’efface de cet ordinateur.";
  const actions = document.createElement("p");
  actions.className = "cluster";
  const stay = document.createElement("button");
  stay.type = "button";
  stay.className = "button";
  stay.textContent = "Rester connecté";
  stay.addEventListener("click", () => dialog.close());
  const leave = document.createElement("button");
  leave.type = "button";
  leave.className = "button quiet";
  leave.textContent = "Se déconnecter et effacer";
  leave.addEventListener("click", () => {
    texts.forEach(([draft]) => keptText.drop(draft));
    form.submit();
  });
  actions.append(stay, leave);
  dialog.append(title, list, words, actions);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

purge();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-sign-out]")) return;
  const texts = keptText.all();
  if (!texts.length) return;
  event.preventDefault();
  ask(form, texts);
});
