"use strict";
/*
 * Parts of a page that renew themselves. An element with an id, data-live (an address) and data-version is replaced as
 * soon as its node has another version. A hidden tab asks for nothing, for a browser keeps few connections to a node.
 */
(function () {
  const retryMillis = 700;

  // Within another page, that page has what concerns the whole, such as the choice of language.
  if (window.top !== window) document.documentElement.classList.add("framed");

  // A tab that is hidden while it waits gives its connection back at once, or a few tabs would leave none.
  let seen = new AbortController();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      seen.abort();
      seen = new AbortController();
    }
  });

  // While a click is on its way nothing renews itself: its answer would find the pressed button's part gone.
  let clicks = 0;
  document.addEventListener("htmx:beforeRequest", () => { clicks++; });
  document.addEventListener("htmx:afterRequest", () => { clicks--; });

  function answered() {
    if (clicks === 0) return Promise.resolve();
    return new Promise((done) => document.addEventListener("htmx:afterRequest", done, { once: true })).then(answered);
  }

  function lost(on) {
    const line = document.getElementById("lost");
    const text = on ? line.dataset.text : "";
    if (line.textContent !== text) line.textContent = text;
    document.body.classList.toggle("is-lost", on);
  }

  function pause(millis) {
    return new Promise((done) => setTimeout(done, millis));
  }

  function visible() {
    if (!document.hidden) return Promise.resolve();
    return new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));
  }

  async function ask(id) {
    const part = document.getElementById(id);
    if (!part) return false;
    const address = new URL(part.dataset.live, document.baseURI);
    address.searchParams.set("after", part.dataset.version);
    address.searchParams.set("lang", document.documentElement.lang);
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, cache: "no-store", signal: seen.signal });
    if (answer.status === 200) {
      const html = await answer.text();
      await answered();
      const now = document.getElementById(id);
      // A click's own answer may have come first; then this one is older and is left alone.
      if (now && now.dataset.version === address.searchParams.get("after")) {
        const read = [...now.querySelectorAll("[data-keep]")].map((list) => [list.id, list.scrollTop]);
        htmx.swap("#" + id, html, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
        // Who reads further down in a list stays there.
        for (const [list, top] of read) document.getElementById(list)?.scrollTo(0, top);
      }
    } else if (answer.status !== 204) {
      throw new Error("status " + answer.status);
    }
    return true;
  }

  async function follow(id) {
    let there = true;
    while (there) {
      await visible();
      try {
        there = await ask(id);
        lost(false);
      } catch (failure) {
        if (failure.name !== "AbortError") {
          lost(true);
          await pause(retryMillis);
        }
      }
    }
  }

  // What a part has to say elsewhere on the page, as to a live region that must stay: copied after each change.
  function hand() {
    document.querySelectorAll("[data-into]").forEach((part) => {
      const place = document.getElementById(part.dataset.into);
      if (place && place.innerHTML !== part.innerHTML) {
        place.replaceChildren(...Array.from(part.childNodes, (node) => node.cloneNode(true)));
      }
    });
  }
  document.addEventListener("htmx:afterSwap", hand);

  // Who works with the keyboard stays where the work is, although the pressed button is gone.
  let within = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const target = event.detail.target;
    within = target && target.id && target.contains(document.activeElement) ? target.id : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const part = within && document.getElementById(within);
    if (part && document.activeElement === document.body) {
      const next = part.querySelector("[data-next] button, [data-next] a, button, a");
      if (next) next.focus({ preventScroll: true });
    }
    within = null;
    document.querySelectorAll("[data-fresh]").forEach((line) => line.scrollIntoView({ block: "nearest" }));
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-live]").forEach((part) => follow(part.id));
  });
  document.addEventListener("htmx:sendError", () => lost(true));
})();
