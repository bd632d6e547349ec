// Every change of a knob is an entry of the browser's history. Going back to one changes the
// address and nothing else; a click on a hidden button has the script read it.
if (!window.archcalcHeedsHistory) {
  window.archcalcHeedsHistory = true;
  let path = location.pathname;
  window.addEventListener("popstate", () => {
    if (location.pathname === path) document.querySelector(".st-key-restore button")?.click();
    path = location.pathname;
  });
}
