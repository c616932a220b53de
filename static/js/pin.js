// The point of a fiche on our own contours: no tile, no other host. The two fields beside it do the same without a map.

const box = document.querySelector(".pin-map");
const form = document.getElementById("fiche");
const lat = form.elements.namedItem("lat");
const lon = form.elements.namedItem("lon");
const read = (input) => Number.parseFloat(input.value.replace(",", "."));
const written = (degrees) => degrees.toFixed(5).replace(".", ",");
const STEP = 10; // pixels an arrow moves the point

function place() {
  const point = [read(lat), read(lon)];
  return point.every(Number.isFinite) && Math.abs(point[0]) <= 90 && Math.abs(point[1]) <= 180 ? point : null;
}

async function draw() {
  const { L } = globalThis;
  const answer = await fetch(box.dataset.outline);
  if (!L || !answer.ok) return;
  box.hidden = false;
  const moves = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const motion = { fadeAnimation: moves, zoomAnimation: moves, markerZoomAnimation: moves, inertia: moves };
  const map = L.map(box, { ...motion, attributionControl: false, zoomSnap: 0.5, keyboard: false, scrollWheelZoom: false });
  const land = L.geoJSON(await answer.json(), { className: "pin-land", interactive: false }).addTo(map);
  if (land.getBounds().isValid()) map.fitBounds(land.getBounds());
  else map.setView(place() || [46.5, 2.5], 8);
  const start = place() || map.getCenter();
  const icon = L.divIcon({ className: "pin", iconSize: [28, 28] });
  const pin = L.marker(start, { draggable: true, keyboard: true, icon, title: "Point de l’action", alt: "Point de l’action" }).addTo(map);
  const write = ({ lat: north, lng: east }) => {
    lat.value = written(north);
    lon.value = written(east);
    lat.dispatchEvent(new Event("input", { bubbles: true }));
  };
  pin.on("dragend", () => write(pin.getLatLng()));
  map.on("click", ({ latlng }) => {
    pin.setLatLng(latlng);
    write(latlng);
  });
  pin.getElement().addEventListener("keydown", (event) => {
    const move = { ArrowUp: [0, -STEP], ArrowDown: [0, STEP], ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0] }[event.key];
    if (!move) return;
    event.preventDefault();
    pin.setLatLng(map.layerPointToLatLng(map.latLngToLayerPoint(pin.getLatLng()).add(move)));
    write(pin.getLatLng());
  });
  for (const input of [lat, lon]) {
    for (const name of ["change", "restored"]) input.addEventListener(name, () => place() && pin.setLatLng(place()));
  }
}

draw().catch(() => {
  box.hidden = true;
});
