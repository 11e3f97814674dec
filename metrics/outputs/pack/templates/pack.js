"use strict";
(() => {
  const root = document.documentElement;
  const slides = [...document.querySelectorAll(".slide")];
  const bar = document.querySelector(".bar"), status = document.getElementById("announcement"), blank = document.getElementById("blank");
  const where = document.querySelector(".where");
  const WIDE = 1280, HIGH = 720;
  let at = 0, digits = "", arriving = false, speaker = null, began = 0;

  // While the page arrives its address is left alone: changing it then would move where the keyboard begins.
  const place = (name) => { if (!arriving) history.replaceState(null, "", `#${name}`); };

  // A slide's canvas takes the whole screen: 1280 wide or 720 high, and more of the other where the screen has it.
  function fit() {
    const down = innerHeight - (document.fullscreenElement ? 0 : bar.offsetHeight);
    const scale = Math.max(0.1, Math.min(innerWidth / WIDE, down / HIGH));
    measure(root, scale, innerWidth / scale, down / scale);
  }

  function measure(box, scale, across, down) {
    box.style.setProperty("--z", scale);
    box.style.setProperty("--across", across);
    box.style.setProperty("--down", down);
  }

  const pressed = (name, on) => {
    const button = document.querySelector(`[data-do="${name}"]`);
    if (button) button.setAttribute("aria-pressed", String(on));
  };

  function show(number) {
    at = Math.max(0, Math.min(slides.length - 1, number));
    slides.forEach((slide, index) => slide.classList.toggle("now", index === at));
    where.textContent = `${at + 1} of ${slides.length}`;
    brief();
    if (root.dataset.view !== "slides") return;
    status.textContent = `Slide ${at + 1} of ${slides.length}: ${slides[at].querySelector("h2").textContent}`;
    place(`slide-${at + 1}`);
    window.scrollTo(0, 0);
  }

  function view(name) {
    dark("");
    root.dataset.view = name;
    if (name === "slides") return show(at);
    place("handout");
    status.textContent = "Handout";
    window.scrollTo(0, 0);
  }

  function dark(colour) {
    blank.hidden = !colour;
    blank.className = colour;
    pressed("black", colour === "black");
    if (colour) status.textContent = colour === "black" ? "The screen is black" : "The screen is white";
  }

  // Notes stand in a window of their own, on the presenter's screen; this one goes on the wall.
  function notes() {
    if (speaker && !speaker.closed) return speaker.focus();
    speaker = window.open("", "", "popup,width=1100,height=760");
    if (!speaker) {
      status.textContent = "The browser did not allow a second window: allow pop-ups for this file";
      return;
    }
    const page = speaker.document;
    page.documentElement.lang = root.lang;
    page.documentElement.className = "speaker";
    page.title = `Notes: ${document.title}`;
    for (const sheet of document.querySelectorAll("style")) page.head.append(page.importNode(sheet, true));
    for (const [kind, name] of [["screen now", "This slide"], ["screen next", "Next slide"], ["speech", "Notes"], ["time", "Time"]]) {
      const part = page.createElement("section");
      part.className = kind;
      part.setAttribute("aria-label", name);
      if (kind === "speech") part.tabIndex = 0;
      page.body.append(part);
    }
    began = Date.now();
    page.addEventListener("keydown", key);
    speaker.addEventListener("resize", brief);
    speaker.addEventListener("pagehide", () => { speaker = null; pressed("notes", false); });
    speaker.setInterval(clock, 1000);
    pressed("notes", true);
    status.textContent = "Notes are shown in a second window";
    brief();
  }

  function brief() {
    if (!speaker || speaker.closed) return;
    const page = speaker.document;
    screen(page.querySelector(".screen.now"), slides[at]);
    screen(page.querySelector(".screen.next"), slides[at + 1]);
    const own = slides[at].querySelector(".notes");
    page.querySelector(".speech").replaceChildren(...(own ? [...own.children].map((element) => page.importNode(element, true)) : []));
    page.querySelector(".speech").scrollTop = 0;
    clock();
  }

  function screen(box, slide) {
    box.replaceChildren(...(slide ? [box.ownerDocument.importNode(slide, true)] : []));
    const scale = box.clientWidth / WIDE;
    measure(box, scale, WIDE, HIGH);
    box.style.height = `${HIGH * scale}px`;
  }

  function clock() {
    if (!speaker || speaker.closed) return;
    const gone = Math.floor((Date.now() - began) / 1000), two = (number) => String(number).padStart(2, "0"), now = new Date();
    const time = speaker.document.createElement("b");
    time.textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
    const rest = `${two(Math.floor(gone / 60))}:${two(gone % 60)} since the beginning. Slide ${at + 1} of ${slides.length}.`;
    speaker.document.querySelector(".time").replaceChildren(time, rest);
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen();
  }

  function print(paper) {
    document.getElementById("a4").media = paper === "a3" ? "not all" : "all";
    document.getElementById("a3").media = paper === "a3" ? "all" : "not all";
    root.dataset.print = paper === "speaker" ? "slides" : "handout";
    window.print();
  }

  function open() {
    const tables = [...document.querySelectorAll("#handout details")];
    const on = !tables.every((table) => table.open);
    tables.forEach((table) => { table.open = on; });
    pressed("open", on);
  }

  const acts = {
    back: () => show(at - 1), next: () => show(at + 1), first: () => show(0), last: () => show(slides.length - 1),
    notes, full, open, handout: () => view("handout"), slides: () => view("slides"),
    black: () => dark(blank.className === "black" && !blank.hidden ? "" : "black"),
    white: () => dark(blank.className === "white" && !blank.hidden ? "" : "white"),
    a4: () => print("a4"), a3: () => print("a3"), speaker: () => print("speaker"),
  };
  const keys = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", n: "next",
    ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back",
    Home: "first", End: "last", f: "full", F5: "full", s: "notes", b: "black", ".": "black", w: "white", ",": "white", h: "handout", p: "a4",
  };
  const always = { h: "slides", p: "a4", f: "full" };

  function go(event) {
    if (!digits) return false;
    const number = Number(digits);
    digits = "";
    if (number >= 1 && number <= slides.length) show(number - 1);
    event.preventDefault();
    return true;
  }

  function key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const pressedKey = event.key.length === 1 ? event.key.toLowerCase() : event.key, slidesShown = root.dataset.view === "slides";
    const onControl = event.target.closest("a, button, summary");
    if (onControl && (pressedKey === " " || pressedKey === "Enter")) return;
    if (slidesShown && pressedKey === "Enter" && go(event)) return;
    if (slidesShown && /^[0-9]$/.test(pressedKey)) {
      digits = (digits + pressedKey).slice(-4);
      status.textContent = `Go to slide ${digits}: press Enter`;
      return;
    }
    digits = "";
    if (pressedKey === "g" && slidesShown) {
      status.textContent = "Type the number of a slide and press Enter";
      return;
    }
    if (pressedKey === "Escape" && !blank.hidden) return dark("");
    if (event.target.closest(".table") && /^Arrow|^Page|^Home$|^End$/.test(pressedKey) && !slidesShown) return;
    const act = (slidesShown ? keys : always)[pressedKey];
    if (!act) return;
    event.preventDefault();
    if (!blank.hidden && act !== "black" && act !== "white") return dark("");
    acts[act]();
  }

  document.addEventListener("keydown", key);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) acts[button.dataset.do]();
    else if (event.target === blank) dark("");
    else if (event.target.closest(".skip")) {
      event.preventDefault();
      view("handout");
      document.getElementById("handout").focus();
    }
  });
  window.addEventListener("resize", fit);
  document.addEventListener("fullscreenchange", fit);
  window.addEventListener("pagehide", () => { if (speaker) speaker.close(); });

  window.addEventListener("hashchange", arrive);
  function arrive() {
    const wanted = /^#slide-([0-9]+)$/.exec(location.hash);
    if (wanted) at = Number(wanted[1]) - 1;
    arriving = true;
    view(location.hash && !wanted ? "handout" : "slides");
    arriving = false;
    const target = !wanted && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.tagName === "DETAILS") target.open = true;
    target.scrollIntoView();
  }

  root.classList.add("scripted");
  root.dataset.print = "handout";
  bar.hidden = false;
  fit();
  arrive();
})();
