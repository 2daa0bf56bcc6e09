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
