// « Copier le lien » : the address stands in a field that anyone can copy; the button does it in one press.
class CopyLink extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const button = this.querySelector("button");
    const told = this.querySelector("[role=status]");
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        told.textContent = "Le lien est copié.";
      } catch {
        field.select();
        told.textContent = "Le lien est choisi : copiez-le avec Ctrl + C.";
      }
    });
  }
}

customElements.define("copy-link", CopyLink);
