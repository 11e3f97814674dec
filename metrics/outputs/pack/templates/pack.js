"use strict";
(() => {
  const root = document.documentElement;
  const slides = [...document.querySelectorAll(".slide")];
  const bar = document.querySelector(".bar"), said = document.getElementById("said"), blank = document.getElementById("blank");
  const where = document.querySelector(".where");
  let at = 0, digits = "", arriving = false;

  // While the page arrives its address is left alone: changing it then would move where the keyboard begins.
  const place = (name) => { if (!arriving) history.replaceState(null, "", `#${name}`); };

  const pressed = (name, on) => {
    const button = document.querySelector(`[data-do="${name}"]`);
    if (button) button.setAttribute("aria-pressed", String(on));
  };

  function show(number) {
    at = Math.max(0, Math.min(slides.length - 1, number));
    slides.forEach((slide, index) => slide.classList.toggle("now", index === at));
    where.textContent = `${at + 1} of ${slides.length}`;
    if (root.dataset.view !== "slides") return;
    said.textContent = `Slide ${at + 1} of ${slides.length}: ${slides[at].querySelector("h2").textContent}`;
    place(`slide-${at + 1}`);
    window.scrollTo(0, 0);
  }

  function view(name) {
    dark("");
    root.dataset.view = name;
    if (name === "slides") return show(at);
    place("handout");
    said.textContent = "Handout";
    window.scrollTo(0, 0);
  }

  function dark(colour) {
    blank.hidden = !colour;
    blank.className = colour;
    pressed("black", colour === "black");
    if (colour) said.textContent = colour === "black" ? "The screen is black" : "The screen is white";
  }

  function notes() {
    const on = root.classList.toggle("with-notes");
    pressed("notes", on);
    said.textContent = on ? "Notes are shown" : "Notes are hidden";
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
    const on = !tables.every((one) => one.open);
    tables.forEach((one) => { one.open = on; });
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

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key, slidesShown = root.dataset.view === "slides";
    const onControl = event.target.closest("a, button, summary");
    if (onControl && (key === " " || key === "Enter")) return;
    if (slidesShown && key === "Enter" && go(event)) return;
    if (slidesShown && /^[0-9]$/.test(key)) {
      digits = (digits + key).slice(-4);
      said.textContent = `Go to slide ${digits}: press Enter`;
      return;
    }
    digits = "";
    if (key === "g" && slidesShown) {
      said.textContent = "Type the number of a slide and press Enter";
      return;
    }
    if (key === "Escape" && !blank.hidden) return dark("");
    if (event.target.closest(".table") && /^Arrow|^Page|^Home$|^End$/.test(key) && !slidesShown) return;
    const act = (slidesShown ? keys : always)[key];
    if (!act) return;
    event.preventDefault();
    if (!blank.hidden && act !== "black" && act !== "white") return dark("");
    acts[act]();
  });

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

  window.addEventListener("hashchange", arrive);
  function arrive() {
    const wanted = /^#slide-([0-9]+)$/.exec(location.hash);
    if (wanted) at = Number(wanted[1]) - 1;
    arriving = true;
    view(location.hash && !wanted ? "handout" : "slides");
    arriving = false;
  }

  root.classList.add("scripted");
  root.dataset.print = "handout";
  bar.hidden = false;
  arrive();
})();
