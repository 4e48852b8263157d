// node build.mjs FOLDER: bundles the parts in node_modules into FOLDER (see build.py, which calls it).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

import { licenses, noticesIn, packagesIn } from "./licenses.mjs";
import { mends, unwanted } from "./mends.mjs";
import { outlines } from "./world.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const BUNDLES = [
  { entry: "htmx.js", out: "htmx.min.js", format: "iife" },
  { entry: "vis-timeline.js", out: "vis-timeline.js", format: "esm" },
  { entry: "vis-timeline.css", out: "vis-timeline.css" },
  { entry: "cytoscape.js", out: "cytoscape.js", format: "esm" },
];

async function bundle(folder, { entry, out, format }) {
  const { metafile, outputFiles } = await esbuild.build({
    absWorkingDir: here,
    entryPoints: [join("entry", entry)],
    outfile: join(folder, out),
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format,
    target: ["es2020"],
    charset: "utf8",
    legalComments: "none", // they are in licenses.txt
    loader: { ".png": "dataurl", ".svg": "dataurl", ".gif": "dataurl" },
    plugins: [mends],
    logLevel: "warning",
  });
  const code = outputFiles[0].text;
  const faults = out.endsWith(".js") ? unwanted(code) : [];
  if (outputFiles.length !== 1 || faults.length) throw new Error(`${out}: ${faults.join("; ") || "more than one file"}`);
  writeFileSync(join(folder, out), code);
  const inputs = Object.keys(metafile.inputs);
  const sources = inputs.filter((path) => /node_modules.*\.m?js$/.test(path)).map((path) => readFileSync(join(here, path), "utf8"));
  return { names: packagesIn(inputs), notices: sources.flatMap(noticesIn) };
}

const folder = resolve(process.argv[2]);
mkdirSync(folder, { recursive: true });
const bundled = await Promise.all(BUNDLES.map((each) => bundle(folder, each)));
const names = new Set(["world-atlas", ...bundled.flatMap((each) => each.names)]);
const notices = bundled.flatMap((each) => each.notices);
const territories = JSON.parse(readFileSync(join(here, "territories.json"), "utf8"));
const world = outlines(require("world-atlas/countries-110m.json"), require("world-atlas/countries-50m.json"), territories);
writeFileSync(join(folder, "world.json"), JSON.stringify(world));
writeFileSync(join(folder, "licenses.txt"), licenses(join(here, "node_modules"), names, notices));
