// Shows how far a pack's building has come, without loading the page anew.
const EVERY = 1000;
const PATIENCE = 10000;
const FAILURES_SAID_AFTER = 3;
const region = document.querySelector("[data-builds]");
const silence = document.querySelector("[data-silence] > *");
let failures = 0;

const isUnderWay = (section) => section.dataset.underWay === "yes";

// What is read out is changed only where its words change, and what has the focus only where it is another thing.
function show(old, fresh) {
  const status = old.querySelector("[data-status]");
  const said = fresh.querySelector("[data-status]");
  const bar = old.querySelector("progress");
  const freshBar = fresh.querySelector("progress");
  if (bar && freshBar) {
    for (const name of ["value", "max"]) {
      if (freshBar.hasAttribute(name)) bar.setAttribute(name, freshBar.getAttribute(name));
      else bar.removeAttribute(name);
    }
    old.querySelector("[data-parts]").textContent = fresh.querySelector("[data-parts]").textContent;
  } else if (bar || freshBar || isUnderWay(old) !== isUnderWay(fresh)) {
    old.querySelector("[data-rest]").replaceWith(fresh.querySelector("[data-rest]"));
  }
  old.dataset.underWay = fresh.dataset.underWay;
  if (status.textContent !== said.textContent) status.textContent = said.textContent;
}

async function look() {
  const response = await fetch(region.dataset.builds, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  // Signed out meanwhile, or the pack is gone: the page itself says so.
  if (response.type === "opaqueredirect" || response.status === 404) location.reload();
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const notice = region.querySelector("[data-no-worker]");
  const freshNotice = fresh.querySelector("[data-no-worker]");
  if (notice && !freshNotice) notice.remove();
  if (!notice && freshNotice) region.prepend(freshNotice);
  for (const section of region.querySelectorAll("[data-edition]")) {
    const match = fresh.querySelector(`[data-edition="${section.dataset.edition}"]`);
    if (match) show(section, match);
  }
}

async function follow() {
  if (![...region.querySelectorAll("[data-edition]")].some(isUnderWay)) return;
  try {
    await look();
    failures = 0;
  } catch {
    // The network may be away for a moment; the next look comes anyway.
    failures += 1;
  }
  silence.hidden = failures < FAILURES_SAID_AFTER;
  setTimeout(follow, EVERY);
}

if (region) setTimeout(follow, EVERY);
