/* The map of fiches: Leaflet over our own contours; the server groups the marks, this module only draws what it says. */

const NARROW = "\u202f";
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, NARROW);
const counted = (number, word) => `${grouped(number)}\u00a0${word}${number < 2 ? "" : "s"}`;

/** An element whose text is text, whatever people wrote in it. */
function element(name, text = "", className = "") {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function link(url, text) {
  const made = element("a", text);
  if (url.startsWith("/") && !url.startsWith("//")) made.href = url;
  return made;
}

/** « #5/46.60/2.40 »: the state is in the address, so that a link shows the same place. */
function stored() {
  const [zoom, lat, lon] = location.hash.slice(1).split("/").map(Number);
  const known = [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return known && location.hash ? { zoom, lat, lon } : null;
}

function store(map) {
  const at = map.getCenter();
  const hash = `#${map.getZoom()}/${at.lat.toFixed(2)}/${at.lng.toFixed(2)}`;
  history.replaceState(null, "", location.pathname + location.search + hash);
}

function popup(title, place, url, label) {
  const box = element("div");
  box.append(element("p", title), element("p", place, "soft"));
  if (url) {
    const line = element("p");
    line.append(link(url, label));
    box.append(line);
  }
  return box;
}

function marker(mark, size, text, name, className) {
  const icon = window.L.divIcon({ html: element("span", text), className, iconSize: [size, size] });
  const made = window.L.marker([mark.lat, mark.lon], { icon, keyboard: true, riseOnHover: true });
  made.on("add", () => {
    made.getElement().setAttribute("role", "button");
    made.getElement().setAttribute("aria-label", name);
  });
  return made;
}

function single(mark) {
  const made = marker(mark, 22, "", `${mark.titre}, ${mark.collectivite}`, "mark one");
  return made.bindPopup(popup(mark.titre, mark.collectivite, mark.url, "Lire la fiche"));
}

/** A cluster opens by zooming; when its fiches share one place, by saying so. */
function cluster(mark, map) {
  const size = 30 + Math.min(18, 6 * Math.log10(mark.nombre));
  const name = `${counted(mark.nombre, "fiche")}${mark.collectivite ? `, ${mark.collectivite}` : ""}`;
  const made = marker(mark, size, grouped(mark.nombre), name, "mark");
  const [west, south, east, north] = mark.cadre;
  const isOnePlace = east - west < 0.0005 && north - south < 0.0005;
  if (isOnePlace || map.getZoom() >= map.getMaxZoom()) {
    return made.bindPopup(popup(name, "Au même endroit", mark.url, "Voir ces fiches en liste"));
  }
  const open = () => {
    map.fitBounds([[south, west], [north, east]], { padding: [30, 30] });
    map.getContainer().focus();
  };
  made.on("click", open);
  made.on("keypress", (event) => event.originalEvent.key === "Enter" && open());
  return made;
}

function listed(fiche) {
  const line = element("li");
  line.append(link(fiche.url, fiche.titre));
  if (fiche.demonstration) line.append(" ", element("span", "démonstration", "demo"));
  line.append(element("small", fiche.collectivite));
  return line;
}

function showList(section, answer) {
  const shown = answer.liste.length;
  const beside = shown < answer.total ? `, voici les ${shown} dernières mises à jour` : "";
  section.querySelector("[data-count]").textContent = answer.total
    ? `${counted(answer.total, "fiche")} dans cette fenêtre${beside}.`
    : "Aucune fiche dans cette fenêtre\u00a0: éloignez la carte, ou choisissez un autre lieu.";
  section.querySelector("[data-list]").replaceChildren(...answer.liste.map(listed));
}

/** Ask for what the window shows; an answer that comes after a newer question is dropped. */
function follow(section, map, layer) {
  let asked = null;
  return async () => {
    store(map);
    asked?.abort();
    asked = new AbortController();
    const bounds = map.getBounds();
    const url = new URL(section.dataset.points, location.origin);
    url.searchParams.set("bbox", bounds.toBBoxString());
    url.searchParams.set("zoom", map.getZoom());
    try {
      const answer = await (await fetch(url, { signal: asked.signal })).json();
      if (answer.erreur) throw new Error(answer.erreur);
      layer.clearLayers();
      answer.groupes.forEach((mark) => cluster(mark, map).addTo(layer));
      answer.fiches.forEach((mark) => single(mark).addTo(layer));
      showList(section, answer);
    } catch (error) {
      if (error.name === "AbortError") return;
      section.querySelector("[data-count]").textContent =
        "La carte n’a pas pu être mise à jour\u00a0: vérifiez votre connexion, puis déplacez-la de nouveau.";
    }
  };
}

async function drawGround(section, map) {
  const shapes = await (await fetch(section.dataset.ground)).json();
  const style = (feature) => ({ className: `ground-${feature.properties.kind}`, weight: 1 });
  window.L.geoJSON(shapes, { style, interactive: false }).addTo(map);
}

function start(section) {
  section.hidden = false;
  const place = section.querySelector("[data-ground-map]");
  const moves = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const motion = { fadeAnimation: moves, zoomAnimation: moves, markerZoomAnimation: moves, inertia: moves };
  const map = window.L.map(place, { ...motion, maxZoom: Number(section.dataset.mostZoom), minZoom: 2, zoomControl: false, attributionControl: false });
  window.L.control.zoom({ zoomInTitle: "Rapprocher", zoomOutTitle: "Éloigner" }).addTo(map);
  const layer = window.L.layerGroup().addTo(map);
  map.on("moveend", follow(section, map, layer));
  const go = (button) => {
    const [west, south, east, north] = button.dataset.bbox.split(",").map(Number);
    map.fitBounds([[south, west], [north, east]]);
  };
  const at = stored();
  const buttons = [...section.querySelectorAll("[data-bbox]")];
  if (at) map.setView([at.lat, at.lon], at.zoom);
  else go(buttons[0]);
  for (const button of buttons) button.addEventListener("click", () => go(button));
  drawGround(section, map);
}

const section = document.querySelector("[data-map]");
if (section && window.L) start(section);
