"use strict";
/*
 * The keys of a pad: each types into the field that was touched last. Without this script the field itself takes digits.
 */
(function () {
  let field = null;

  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".pad .digits")) field = event.target;
  });

  function typedInto(pad) {
    return field && pad.contains(field) ? field : pad.querySelector(".digits");
  }

  document.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]");
    if (!key) return;
    const into = typedInto(key.closest(".pad"));
    const said = key.dataset.key;
    // What stood there to begin with gives way to the first digit as a whole, as if it were selected.
    const before = into.value === into.defaultValue && !into.dataset.typed ? "" : into.value;
    into.dataset.typed = "true";
    into.value = said === "⌫" ? before.slice(0, -1) : (before + said).slice(0, into.maxLength);
  });

  // What is shown for a moment goes by itself, whatever else was touched meanwhile.
  document.addEventListener("htmx:afterSettle", () => {
    const moment = document.querySelector("[data-leave]:not([data-met])");
    if (!moment) return;
    moment.dataset.met = "true";
    setTimeout(() => {
      if (moment.isConnected) htmx.ajax("GET", moment.dataset.leave, { target: "#room", swap: "outerHTML" });
    }, Number(moment.dataset.leaveMillis));
  });

  // Accepted is two tones that rise, refused a long low one, once more two short ones: told apart without looking.
  const TONES = {
    accepted: [[880, 0, 0.12], [1320, 0.14, 0.2]],
    refused: [[196, 0, 0.6]],
    again: [[440, 0, 0.12], [440, 0.22, 0.12]],
  };
  let sound = null;

  function play(signal) {
    sound = sound || new AudioContext();
    for (const [hertz, from, seconds] of TONES[signal]) {
      const tone = sound.createOscillator();
      const loud = sound.createGain();
      loud.gain.value = 0.2;
      tone.frequency.value = hertz;
      tone.connect(loud).connect(sound.destination);
      tone.start(sound.currentTime + from);
      tone.stop(sound.currentTime + from + seconds);
    }
  }

  const words = (ticket) => ticket.dataset.state + " " + (ticket.querySelector("#notice")?.textContent ?? "");
  let last = document.getElementById("ticket") ? words(document.getElementById("ticket")) : "";
  document.addEventListener("htmx:afterSettle", () => {
    const ticket = document.getElementById("ticket");
    if (!ticket || words(ticket) === last) return;
    last = words(ticket);
    const signal = ticket.dataset.signal;
    document.documentElement.dataset.signalled = signal;
    if (signal) play(signal);
  });

  // A pad that has just come takes the digits of a keypad at once, and on a phone it comes into sight.
  document.addEventListener("htmx:afterSettle", () => {
    const pad = document.querySelector(".pad:not([data-met])");
    if (!pad) return;
    pad.dataset.met = "true";
    pad.scrollIntoView({ block: "nearest" });
    pad.querySelector(".digits").focus({ preventScroll: true });
    pad.querySelector(".digits").select();
  });
})();
