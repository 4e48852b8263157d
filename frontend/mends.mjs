// What is changed in a third-party part before it is bundled, because the desk's policy (no eval, no inline
// style) would stop it with a violation.  A part that no longer has the words to change stops the build:
// a new version must be looked at, not waved through.
import { readFile } from "node:fs/promises";

const REFUSED = `(() => { throw new Error("code out of text is not run on this page"); })()`;

const MENDS = [
  {
    part: /htmx\.org[\\/]dist[\\/]htmx\.esm\.js$/,
    changes: [
      ["eval(str)", REFUSED],
      ["Function(conditionalSource)()", REFUSED],
      ["new Function('event', code)", REFUSED],
      ["Function('event', 'return (' + str + ')').call(elt, event)", REFUSED],
      ["Function('return (' + str + ')').call(elt)", REFUSED],
    ],
  },
  {
    part: /cytoscape[\\/]dist[\\/]cytoscape\.esm\.mjs$/,
    changes: [
      ["Function('return this')()", "globalThis"],
      // its <style> says one thing, of its container: said to the container itself
      [
        "var stylesheetAlreadyExists = document.getElementById(stylesheetId) != null;",
        "var stylesheetAlreadyExists = true;\n" +
          "if (containerWindow.getComputedStyle(ctr).position === 'static') ctr.style.position = 'relative';",
      ],
      [/var stylesheet = document\.createElement\('style'\);[^}]*?stylesheet\.textContent = [^\n]*\n[^\n]*insertBefore[^\n]*/, ""],
    ],
  },
];

export const mends = {
  name: "mends",
  setup(build) {
    for (const { part, changes } of MENDS) {
      build.onLoad({ filter: part }, async ({ path }) => ({ contents: changed(await readFile(path, "utf8"), changes, path), loader: "js" }));
    }
  },
};

function changed(text, changes, path) {
  for (const [before, after] of changes) {
    if (text.split(before).length !== 2) throw new Error(`${path}: expected once, to be changed: ${before}`);
    text = text.replace(before, () => after);
  }
  return text;
}

const UNWANTED = [
  [/(?<![\w$.])eval\s*\(/, "runs text as code"],
  [/(?<![\w$.])Function\s*\(/, "makes a function out of text"],
  [/createElement(NS)?\([^)]*["'`]style["'`]/, "injects a <style>"],
  [/insertRule\s*\(/, "writes style rules"],
];

// What in a finished bundle the desk's policy would stop, in words; empty if nothing.
export function unwanted(code) {
  return UNWANTED.filter(([pattern]) => pattern.test(code)).map(([pattern, why]) => `${why} (${pattern.exec(code)[0]})`);
}
