/* Every change of a knob is an entry of the browser's history. Going back to one changes the
   address and nothing else; a click on a hidden button has the script read it. Another page's
   address Streamlit heeds itself. */
window.archcalcPath = location.pathname;
if (!window.archcalcHeedsHistory) {
  window.archcalcHeedsHistory = true;
  window.addEventListener("popstate", () => {
    if (location.pathname !== window.archcalcPath) return;
    document.querySelector(".st-key-restore button")?.click();
  });
}
