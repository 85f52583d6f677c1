// Which slides there are, in which order, and which one is shown. All of it is in the address: a link is a slide.
const kept = (name) => (address().get(name) || "").split(",").filter(Boolean);
const address = () => new URLSearchParams(location.search);

function keep(changes) {
  const query = address();
  for (const [name, value] of Object.entries(changes)) value ? query.set(name, value) : query.delete(name);
  const text = query.toString().replaceAll("%2C", ",");
  if (text !== location.search.slice(1)) {
    history.replaceState(history.state, "", location.pathname + (text ? "?" + text : "") + location.hash);
  }
}

class Slides {
  constructor(root) {
    this.root = root;
    this.all = new Map([...root.querySelectorAll(".slide")].map((slide) => [slide.dataset.key, slide]));
    this.current = "";
  }
  get ordered() {
    const first = kept("urut").filter((key) => this.all.has(key));
    return [...new Set([...first, ...this.all.keys()])];
  }
  get shown() {
    const only = new Set(kept("hanya"));
    const shown = this.ordered.filter((key) => only.has(key));
    return shown.length ? shown : this.ordered;
  }
  name(key) {
    return this.all.get(key)?.dataset.name || key;
  }
  show(key) {
    if (!this.all.has(key)) return false;
    for (const [other, slide] of this.all) slide.hidden = other !== key;
    if (key !== this.current) this.all.get(key).scrollTop = 0; // a phone scrolls within a slide
    this.current = key;
    keep({slide: key});
    this.number();
    return true;
  }
  // The slide so many steps on; the one after a slide that is not among those shown is where its turn would be.
  step(by) {
    const shown = this.shown, at = shown.indexOf(this.current);
    if (at >= 0) return shown[Math.min(Math.max(at + by, 0), shown.length - 1)];
    const before = this.ordered.slice(0, this.ordered.indexOf(this.current)).filter((key) => shown.includes(key)).length;
    return shown[Math.min(Math.max(by > 0 ? before : before - 1, 0), shown.length - 1)];
  }
  number() {
    const shown = this.shown, at = shown.indexOf(this.current);
    const text = `${at < 0 ? "–" : at + 1}/${shown.length}`;
    for (const place of this.root.querySelectorAll("[data-place]")) place.textContent = text;
    const foot = this.all.get(this.current)?.querySelector(".slide-place");
    if (foot) foot.textContent = text;
    this.root.querySelector(".stage-live").textContent = `${this.name(this.current)}, ${text}`;
  }
  tick(key, on) {
    const shown = new Set(this.shown);
    on ? shown.add(key) : shown.delete(key);
    if (!shown.size) return;
    const kept = this.ordered.filter((one) => shown.has(one));
    keep({hanya: kept.length === this.all.size ? "" : kept.join(",")});
    this.number();
  }
  move(key, by) {
    const order = this.ordered, at = order.indexOf(key), to = at + by;
    if (to < 0 || to >= order.length) return;
    [order[at], order[to]] = [order[to], order[at]];
    keep({urut: order.join(",") === [...this.all.keys()].join(",") ? "" : order.join(",")});
    this.number();
  }
}
