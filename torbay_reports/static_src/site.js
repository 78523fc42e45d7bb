// Starts the components of GOV.UK Frontend, and opens folded tables for the printer.
import { initAll } from "./govuk-frontend.min.js";

initAll();

let opened = [];

window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details.disclosure:not([open])")];
  opened.forEach((details) => {
    details.open = true;
  });
});

window.addEventListener("afterprint", () => {
  opened.forEach((details) => {
    details.open = false;
  });
});
