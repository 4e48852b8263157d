// The licences of what the bundles hold, as one text.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// The packages that a bundle was made of, from esbuild's list of inputs.
export function packagesIn(inputs) {
  const names = inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1]);
  return [...new Set(names.filter(Boolean))];
}

// notices: what stands in the sources of the bundles about other people's work in them.
export function licenses(modules, names, notices) {
  const parts = [...names].sort().map((name) => one(join(modules, name), name));
  const within = `Notices in the sources themselves\n\n${[...new Set(notices)].sort().join("\n\n")}\n`;
  return [HEAD, ...parts, within].join(`\n${"-".repeat(78)}\n\n`);
}

// The comments of a source that claim a copyright or name a licence.
export function noticesIn(source) {
  return (source.match(/\/\*[^]*?\*\//g) ?? []).filter((comment) => /copyright|MIT licen[cs]e/i.test(comment)).map(plain);
}

const plain = (comment) => comment.replace(/^[ \t]*(\/\*+!?|\*+\/|\*)?[ \t]?/gm, "").replace(/\s*\*\/$/, "").trim();

const HEAD = `Third-party software in the files beside this one, which were bundled and minified when onrecord was built.
Changed: what a strict content security policy would stop (frontend/mends.mjs).  Where a choice of licences
is given, it is taken under the MIT License.
`;

function one(folder, name) {
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version}\nLicense: ${license}\n\n${text(folder, name)}\n`;
}

function text(folder, name) {
  const files = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file) && !/\.m?js$/.test(file));
  const chosen = files.find((file) => /mit/i.test(file)) ?? files[0];
  if (!chosen || !existsSync(join(folder, chosen))) throw new Error(`${name} has no licence file: it may not be bundled`);
  return readFileSync(join(folder, chosen), "utf8").trim();
}
