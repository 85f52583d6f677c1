// The stage: keys, swipes and buttons move between slides that are all here already; no run of the app for any of it.
const RELIEVED = "Tayangan tidak lagi dipandu dari layar ini. Tekan Pandu rapat untuk memandu lagi.";

function start(root, opening) {
  const slides = new Slides(root), one = (what) => root.querySelector(what), meeting = root.dataset.meeting;
  const memory = `tayang ${meeting}`, quiet = new AbortController(), hear = {signal: quiet.signal, capture: true};
  const mine = {following: true, token: "", turn: 0, timer: 0, dark: "", ...JSON.parse(sessionStorage.getItem(memory) || "{}")};
  const remember = (changes) => sessionStorage.setItem(memory, JSON.stringify(Object.assign(mine, changes)));
  let config = {}, state = {by: "", slide: "", turn: 0, notes: 0}, typed = "", freshened = 0, sleep, fade;

  const press = (name) => document.querySelector(`.st-key-tayang-${name} :is(button,a)`)?.click();
  const leads = () => Boolean(follow.token);
  const follow = new Follow(meeting, {
    heard(told) {
      state = told;
      if (leads() && (told.turn > mine.turn || !told.by)) {
        resign();
        say(told.by ? `${told.by} kini memandu tayangan. Layar ini mengikuti.` : RELIEVED, 8);
      }
      if (told.notes > Number(config.notes || 0)) freshen(told.notes);
      if (!leads() && told.by && mine.following) slides.show(told.slide);
      paint();
    },
    relieved() {
      resign();
      say(RELIEVED, 8);
      paint();
    },
    cut(is) {
      const text = "Sambungan terputus: yang mengikuti belum ikut berpindah. Dicoba lagi dengan sendirinya.";
      if (is) say(text);
      else if (one(".stage-told").textContent === text) say("");
    },
  });

  function configure() {
    const given = document.querySelector(".stage-config");
    if (!given) return;
    config = {...given.dataset};
    root.toggleAttribute("data-served", Boolean(config.served));
    if (config.token) remember({token: config.token, turn: Number(config.turn), following: true});
    const began = mine.token && mine.token !== follow.token;
    follow.token = config.served ? mine.token : "";
    if (config.served) follow.listen();
    if (began) follow.tell(slides.current);
    paint();
  }
  const resign = () => (remember({token: ""}), (follow.token = ""));
  function go(key) {
    if (!key || !slides.show(key)) return;
    if (leads()) follow.tell(key);
    else if (state.by) remember({following: key === state.slide && mine.following});
    paint();
  }
  function paint() {
    const led = Boolean(state.by) && !leads();
    root.toggleAttribute("data-leads", leads());
    root.toggleAttribute("data-led", led);
    one(".stage-back").hidden = !led || mine.following;
    const who = led ? (mine.following ? `Mengikuti ${state.by}` : `${state.by} memandu`) : "";
    one(".stage-who").textContent = leads() ? "Anda memandu" : who;
    if (!one("[data-panel=list]").hidden) list();
  }
  function say(text, seconds) {
    clearTimeout(fade);
    one(".stage-told").hidden = !text;
    one(".stage-told").textContent = text;
    if (seconds) fade = setTimeout(() => say(""), seconds * 1000);
  }
  // Notes were added: this page is drawn again, once, not in the same moment as everybody's, and not under a form.
  function freshen(notes) {
    if (notes <= freshened) return;
    freshened = notes;
    const when = () => (busy() ? setTimeout(when, 1000) : root.isConnected && press("segarkan"));
    setTimeout(when, Math.random() * 1500);
  }
  const busy = () => document.querySelector("[data-testid=stDialog]");

  function open(name) {
    for (const panel of root.querySelectorAll("[data-panel]")) {
      panel.hidden = panel.dataset.panel !== name || !panel.hidden;
      if (!panel.hidden) name === "list" ? list() : panel.querySelector("button").focus();
    }
  }
  function list() {
    const focused = document.activeElement?.closest?.(".stage-panel li") && [
      document.activeElement.closest("li").dataset.of, document.activeElement.className];
    const shown = new Set(slides.shown);
    one("[data-panel=list] ol").replaceChildren(...slides.ordered.map((key) => {
      const row = document.createElement("li"), box = document.createElement("input");
      const button = (text, label, kind, act) => {
        const made = Object.assign(document.createElement("button"), {textContent: text, className: kind, onclick: act});
        made.setAttribute("aria-label", label);
        return made;
      };
      const name = slides.name(key);
      row.dataset.of = key;
      row.classList.toggle("off", !shown.has(key));
      row.setAttribute("aria-current", key === slides.current);
      Object.assign(box, {type: "checkbox", className: "tick", checked: shown.has(key)});
      box.setAttribute("aria-label", `Tayangkan ${name}`);
      box.onchange = () => (slides.tick(key, box.checked), list());
      row.append(box, button(name, `Ke ${name}`, "name", () => (open(""), go(key))),
        button("▲", `Naikkan ${name}`, "up", () => (slides.move(key, -1), list())),
        button("▼", `Turunkan ${name}`, "down", () => (slides.move(key, 1), list())));
      return row;
    }));
    const back = focused && root.querySelector(`li[data-of="${CSS.escape(focused[0])}"] .${focused[1]}`);
    (back || (focused === undefined || focused === null ? one("li[aria-current=true] .name") : null))?.focus();
  }
  function dark(is) {
    remember({dark: is});
    root.dataset.dark = one(".slides").dataset.dark = is;
  }
  function clock() {
    one(".stage-timer").hidden = !mine.timer;
    const seconds = mine.timer ? Math.floor((Date.now() - mine.timer) / 1000) : 0;
    const two = (number) => String(number).padStart(2, "0"), hours = Math.floor(seconds / 3600);
    one(".stage-timer time").textContent =
      `${hours ? hours + "." : ""}${two(Math.floor(seconds / 60) % 60)}.${two(seconds % 60)}`;
  }
  function wake() {
    root.classList.add("awake");
    clearTimeout(sleep);
    sleep = setTimeout(() => root.classList.remove("awake"), 3000);
  }

  const acts = {
    next: () => go(slides.step(1)),
    previous: () => go(slides.step(-1)),
    first: () => go(slides.shown[0]),
    last: () => go(slides.shown.at(-1)),
    list: () => open("list"),
    help: () => open("help"),
    close: () => open(""),
    all: () => (keep({hanya: "", urut: ""}), slides.number(), list()),
    full: () => document.fullscreenElement
      ? document.exitFullscreen() : document.documentElement.requestFullscreen?.().catch(() => {}),
    dark: () => dark(root.dataset.dark === "true" ? "false" : "true"),
    timer: () => (remember({timer: mine.timer ? 0 : Date.now()}), clock()),
    restart: () => (remember({timer: Date.now()}), clock()),
    back() {
      if (!state.by || leads()) return;
      remember({following: true});
      slides.show(state.slide);
      paint();
    },
    lead: () => press("pandu"),
    stop: () => (follow.stop(), resign(), paint()),
    obstacle: () => press("kendala"),
    action: () => press("tindak-lanjut"),
    decision: () => press("keputusan"),
    leave: () => (document.fullscreenElement && document.exitFullscreen(), press("keluar")),
    escape: () => (root.querySelector("[data-panel]:not([hidden])") ? open("") : acts.leave()),
  };
  const keys = {
    ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "previous", PageUp: "previous", Home: "first",
    End: "last", Escape: "escape", f: "full", d: "list", w: "timer", g: "dark", i: "back", k: "obstacle", t: "action",
    p: "decision", "?": "help",
  };
  function digit(key) {
    typed = key === "Enter" ? "" : (typed + key).slice(-2);
    one(".stage-typed").hidden = !typed;
    one(".stage-typed").textContent = typed;
    clearTimeout(digit.over);
    digit.over = setTimeout(() => digit("Enter"), 3000);
  }
  addEventListener("keydown", (event) => {
    const at = event.target;
    if (busy() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (at.closest?.("input:not([type=checkbox]),textarea,select,[contenteditable=true],[role=combobox]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (/^\d$/.test(key)) digit(key);
    else if (key === "Enter" && typed) (go(slides.shown[Number(typed) - 1]), digit("Enter"));
    else if ([" ", "Enter"].includes(key) && at.closest?.("button,a,input")) return; // pressed, not passed over
    else if (keys[key] && !(event.repeat && !/Arrow|Page/.test(key))) acts[keys[key]]();
    else if (!keys[key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, hear);
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    if (button.closest("[data-panel=help]") && button.dataset.act !== "close") open("");
    button.blur(); // the space bar after a click is the next slide
    acts[button.dataset.act]();
  }, hear);
  for (const sign of ["mousemove", "touchstart"]) addEventListener(sign, wake, {...hear, passive: true});
  let touch;
  root.addEventListener("touchstart", (event) => {
    touch = event.touches.length === 1 && !event.target.closest(".stage-panel,.stage-bar") ? event.touches[0] : null;
  }, {...hear, passive: true});
  root.addEventListener("touchend", (event) => {
    const end = event.changedTouches[0];
    if (!touch || !end) return;
    const across = end.clientX - touch.clientX, down = end.clientY - touch.clientY;
    if (Math.abs(across) > 50 && Math.abs(across) > 1.5 * Math.abs(down)) acts[across < 0 ? "next" : "previous"]();
  }, {...hear, passive: true});

  function end() {
    clearInterval(beat);
    quiet.abort();
    follow.end();
  }
  const beat = setInterval(() => (root.isConnected ? clock() : end()), 500);
  keep({rapat: meeting});
  if (mine.dark) dark(mine.dark);
  if (!slides.show(address().get("slide"))) slides.show(slides.shown[0]);
  clock();
  configure();
  if (opening) wake();
  return {configure, end, here: () => !quiet.signal.aborted};
}

// Drawn anew, since notes were added: it goes on as it was, and the bar stays away.
const before = window.tayang;
const goesOn = Boolean(before?.here());
before?.end();
window.tayang = start([...document.querySelectorAll(".stage")].at(-1), !goesOn);
