// Help while one writes: signs left, preview, services the text speaks of. Each is a button of the form without this.

const form = document.getElementById("fiche");
const field = (name) => form.elements.namedItem(name);
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || field("csrfmiddlewaretoken").value;

async function fragment(url, names) {
  const words = new URLSearchParams([...new FormData(form)].filter(([name]) => names.includes(name)));
  words.set("sheet", form.dataset.sheet.match(/[0-9a-f-]{36}/)?.[0] || "");
  const answer = await fetch(url, { method: "POST", body: words, headers: { "X-CSRFToken": token() }, redirect: "error" });
  if (!answer.ok) throw new Error(answer.status);
  return answer.text();
}

// Signs left in the summary.
const counter = form.querySelector("[data-counter]");
const counted = document.getElementById(counter.dataset.counter);
function count() {
  const left = Number(counter.dataset.limit) - [...counted.value].length;
  const many = Math.abs(left) > 1 ? "s" : "";
  counter.textContent = left < 0 ? `${-left} signe${many} de trop` : `Encore ${left} signe${many}`;
}
counter.hidden = false;
counted.addEventListener("input", count);
counted.addEventListener("restored", count);
count();

// Preview: the HTML is cleaned by the server.
const previewing = form.querySelector("[data-preview]");
const shown = document.getElementById("apercu");
previewing.addEventListener("click", async (event) => {
  event.preventDefault();
  try {
    shown.innerHTML = await fragment(previewing.dataset.preview, ["text"]);
    shown.focus();
  } catch {
    shown.textContent = "L’aperçu n’est pas disponible : vérifiez la connexion, votre texte est gardé.";
  }
});

// Services the text speaks of.
const suggesting = form.querySelector("[data-suggest]");
const proposals = document.getElementById("propositions");
let asked = 0;
let timer = 0;
async function propose() {
  const turn = (asked += 1);
  try {
    const html = await fragment(suggesting.dataset.suggest, ["title", "summary", "text", "services"]);
    const isInUse = proposals.contains(document.activeElement);
    if (turn === asked && !isInUse && proposals.innerHTML !== html) proposals.innerHTML = html;
  } catch {
    // Only a help: nothing is lost, the list below holds every service.
  }
}
suggesting.addEventListener("click", (event) => {
  event.preventDefault();
  propose();
});
for (const name of ["title", "summary", "text"]) {
  field(name).addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(propose, 1500);
  });
}

// A service may stand twice, proposed and in the list: both boxes say the same.
form.addEventListener("change", ({ target }) => {
  if (target.name !== "services") return;
  for (const box of form.querySelectorAll(`input[name="services"][value="${CSS.escape(target.value)}"]`)) box.checked = target.checked;
});
