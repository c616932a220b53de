// « Copier » : a text stands in a field that anyone can copy; the button does it in one press.
class CopyLink extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input, textarea");
    const button = this.querySelector("button");
    const told = this.querySelector("[role=status]");
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        told.textContent = this.dataset.copied ?? "Le lien est copié.";
      } catch {
        field.select();
        told.textContent = "Tout est choisi : copiez avec Ctrl + C.";
      }
    });
  }
}

customElements.define("copy-link", CopyLink);
