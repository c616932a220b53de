// A part of the page that the server is asked again: what was lost is said, and caught up as soon as the network is back.

const LIVE = "[data-live]";

function tell(isLost) {
  const notice = document.querySelector("[data-live-lost]");
  if (notice) {
    notice.hidden = !isLost;
  }
}

function isLive(event) {
  return event.target instanceof Element && event.target.matches(LIVE);
}

function wake() {
  const part = document.querySelector(LIVE);
  if (part && document.visibilityState === "visible") {
    part.dispatchEvent(new Event("wake"));
  }
}

document.addEventListener("htmx:sendError", (event) => isLive(event) && tell(true));
document.addEventListener("htmx:responseError", (event) => isLive(event) && tell(true));
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isLive(event)) {
    return;
  }
  tell(false);
  // Signed out meanwhile: the page of sign-in is no part of this one.
  if (event.detail.xhr.status === 200 && !event.detail.serverResponse.includes("data-live")) {
    event.detail.shouldSwap = false;
    window.location.reload();
  }
});
document.addEventListener("visibilitychange", wake);
window.addEventListener("online", wake);
window.addEventListener("pageshow", (event) => event.persisted && wake());
