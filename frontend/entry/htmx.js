// htmx as one classic or module script, shut as the desk needs it: no code out of attributes, no injected
// <style>, no <script> out of fragments, no request to another origin.  Its class names (htmx-request,
// htmx-indicator) are styled by desk.css.
import htmx from "htmx.org/dist/htmx.esm.js";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
});
window.htmx = htmx;
