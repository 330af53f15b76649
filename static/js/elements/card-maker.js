// <card-maker>: what is selected in a paragraph goes into the link “Make a card” below it. Without scripts the link
// takes the paragraph's beginning.

class CardMaker extends HTMLElement {
  connectedCallback() {
    document.addEventListener("selectionchange", this.take);
  }

  disconnectedCallback() {
    document.removeEventListener("selectionchange", this.take);
  }

  take = () => {
    const selection = document.getSelection();
    const text = selection?.toString().replace(/\s+/g, " ").trim();
    const paragraph = selection?.anchorNode?.parentElement?.closest(".paragraph");
    const link = paragraph && this.contains(paragraph) ? paragraph.querySelector("a[data-quote]") : null;
    this.querySelector(".chosen-passage")?.classList.remove("chosen-passage");
    if (!text || !link) return;
    const address = new URL(link.href);
    address.searchParams.set("quote", text.slice(0, 400));
    link.href = address.href;
    link.classList.add("chosen-passage");
  };
}

customElements.define("card-maker", CardMaker);
