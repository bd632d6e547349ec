/* HTML of our own with places that can be clicked: what has `data-at` is reported to the script, what
   has `data-tip` says it beside the pointer, a head with `data-sort` sorts its table, and
   `data-copy` is copied. New HTML keeps the order of rows, the scrolling and the focus. */
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".linked");
  const html = new TextDecoder().decode(data);
  if (root.shown !== html) renew(root, html);
  root.onclick = (event) => clicked(root, event.target, setTriggerValue);
  root.onpointermove = (event) => tell(event.target.closest?.("[data-tip]"), event);
  root.onpointerleave = () => tell(null);
  return () => tell(null);
}

function renew(root, html) {
  const box = root.querySelector(".scroll");
  const [left, top] = box ? [box.scrollLeft, box.scrollTop] : [0, 0];
  const focused = root.contains(document.activeElement) ? { ...document.activeElement.dataset } : null;
  root.innerHTML = html;
  root.shown = html;
  tell(null);
  if (root.sorted) sort(root, ...root.sorted);
  const renewed = root.querySelector(".scroll");
  if (renewed) {
    renewed.scrollTo(left, top);
    const row = renewed.querySelector("tr.at");
    if (row && row.dataset.at !== root.at) showRow(renewed, row);
    root.at = row?.dataset.at;
  }
  if (focused) {
    const same = (one) => one.dataset.at === focused.at && one.dataset.sort === focused.sort;
    [...root.querySelectorAll("button")].find(same)?.focus({ preventScroll: true });
  }
}

function showRow(box, row) {
  const head = box.querySelector("thead")?.offsetHeight ?? 0;
  const seen = row.offsetTop - head >= box.scrollTop
    && row.offsetTop + row.offsetHeight <= box.scrollTop + box.clientHeight;
  if (!seen) box.scrollTop = row.offsetTop - (box.clientHeight - row.offsetHeight) / 2;
}

function clicked(root, target, setTriggerValue) {
  const head = target.closest("[data-sort]");
  if (head) {
    const column = head.dataset.sort;
    const [before, way] = root.sorted ?? [];
    // numbers the largest first, then the other way, then as the net runs
    const first = head.classList.contains("n") ? -1 : 1;
    const next = before !== column ? first : way === first ? -first : 0;
    root.sorted = next ? [column, next] : null;
    sort(root, column, next);
    return;
  }
  const copied = target.closest("[data-copy]");
  if (copied) {
    navigator.clipboard.writeText(copied.dataset.copy).then(() => copied.classList.add("copied"));
    return;
  }
  const place = target.closest("[data-at]");
  if (place) setTriggerValue("picked", place.dataset.at);
}

function sort(root, name, way) {
  const heads = [...root.querySelectorAll("thead th")];
  const column = heads.findIndex((head) => head.querySelector("[data-sort]")?.dataset.sort === name);
  if (column < 0) {
    root.sorted = null; // another table, which has no such column
    return;
  }
  const body = root.querySelector("tbody");
  const worth = (row) => {
    const cell = row.cells[column];
    return "v" in cell.dataset ? Number(cell.dataset.v) : cell.textContent;
  };
  const order = (a, b) => {
    if (!way) return a.dataset.row - b.dataset.row;
    const [x, y] = [worth(a), worth(b)];
    const numbers = typeof x === "number" && typeof y === "number";
    return way * (numbers ? x - y : String(x).localeCompare(String(y), undefined, { numeric: true }));
  };
  body.append(...[...body.rows].sort(order));
  heads.forEach((head, index) => {
    const sorted = way && index === column;
    if (sorted) head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
    else head.removeAttribute("aria-sort");
  });
}

function tell(place, event) {
  let tip = document.getElementById("archcalc-tip");
  if (!place) {
    tip?.remove();
    return;
  }
  if (!tip) {
    tip = document.createElement("div");
    tip.id = "archcalc-tip";
    document.body.append(tip);
  }
  tip.textContent = place.dataset.tip;
  const width = tip.offsetWidth, height = tip.offsetHeight;
  const left = Math.min(event.clientX + 12, innerWidth - width - 4);
  const below = event.clientY + 16 + height < innerHeight;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${below ? event.clientY + 16 : event.clientY - height - 10}px`;
}
