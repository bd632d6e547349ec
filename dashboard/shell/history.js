/* Every change of a knob is an entry of the browser's history. Going back to one changes the
   address and nothing else; a click on a hidden button has the script read it. Another page's
   address Streamlit heeds itself: it goes to the bare one first, and adds what the page then says,
   which would be two entries, the first of them of no state. */
window.archcalcPath = location.pathname;
if (!window.archcalcHeedsHistory) {
  window.archcalcHeedsHistory = true;
  window.addEventListener("popstate", () => {
    if (location.pathname !== window.archcalcPath) return;
    document.querySelector(".st-key-restore button")?.click();
  });
  let isBare = false;
  for (const kind of ["pointerdown", "keydown"]) {
    window.addEventListener(kind, () => { isBare = false; }, true);
  }
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    const { pathname, search } = new URL(url ?? location.href, location.href);
    if (pathname === location.pathname && isBare) history.replaceState(state, title, url);
    else push(state, title, url);
    isBare = pathname !== window.archcalcPath && search === "";
  };
}
