// Natural Earth's countries, from topojson to what a server draws:
//   {"ALB": [[[lon, lat], ...], ...], ...}
// by alpha-3 code; each ring closed (first point = last), in degrees with two decimals, cut where it crosses
// the 180th meridian; holes are rings like others: fill with the even-odd rule.  Countries too small for the
// coarse outlines (Singapore, Malta) come from the finer ones: their rings may be smaller than a pixel, and lie
// on a coarse neighbour.  They come last: the file's order is the order to draw in.
import { iso31661 } from "iso-3166";
import { feature, merge } from "topojson-client";

const ALPHA3 = new Map(iso31661.map(({ numeric, alpha3 }) => [numeric, alpha3]));

export function outlines(coarse, fine, territories) {
  const large = countries(coarse, territories);
  const small = [...countries(fine, territories)].filter(([code]) => !large.has(code));
  return Object.fromEntries([...byCode(large), ...byCode(small)]);
}

const byCode = (entries) => [...entries].sort(([one], [other]) => (one < other ? -1 : 1));

// code -> rings, of one topology
function countries(topology, territories) {
  const world = new Map();
  for (const geometry of topology.objects.countries.geometries) {
    const code = codeOf(geometry, territories);
    if (code && geometry.type) world.set(code, [...(world.get(code) ?? []), ...polygonsOf(geometry)]);
  }
  for (const move of territories.moved) moved(topology, world, move);
  return new Map([...world].map(([code, polygons]) => [code, ringsOf(merge(topology, [multipolygon(polygons)]))]));
}

function codeOf({ id, properties: { name } }, territories) {
  if (territories.left_out.includes(name)) return null;
  const code = id === undefined ? territories.codes[name] : ALPHA3.get(String(id).padStart(3, "0"));
  if (!code) throw new Error(`no code is known for ${name} (${id}): write it into territories.json`);
  return code;
}

const polygonsOf = ({ type, arcs }) => (type === "Polygon" ? [arcs] : arcs);
const multipolygon = (polygons) => ({ type: "MultiPolygon", arcs: polygons });

// Gives the one polygon around a point from one country to another; its border with the other goes when they are merged.
function moved(topology, world, { name, point, from, to }) {
  const around = world.get(from).filter((polygon) => holds(shape(topology, polygon)[0], point));
  if (around.length > 1) throw new Error(`${name} is in ${around.length} polygons of ${from}`);
  if (around.length === 0) {
    if (world.get(to).some((polygon) => holds(shape(topology, polygon)[0], point))) return;
    throw new Error(`${name} is neither in ${from} nor in ${to}`);
  }
  world.set(from, world.get(from).filter((polygon) => polygon !== around[0]));
  world.set(to, [...world.get(to), around[0]]);
}

const shape = (topology, polygon) => feature(topology, { type: "Polygon", arcs: polygon }).geometry.coordinates;

function holds(ring, [x, y]) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

function ringsOf({ coordinates }) {
  return coordinates.flat().flatMap(cut).map(rounded).filter((ring) => ring.length > 3);
}

// A ring that jumps over the 180th meridian becomes one ring on each side of it.
function cut(ring) {
  const open = unrolled(ring);
  const [[first], [last, latitude]] = [open[0], open[open.length - 1]];
  if (Math.abs(last - first) > 180) {  // around a pole: closed along the pole's edge of the map
    const pole = latitude < 0 ? -90 : 90;
    open.push([last, pole], [first, pole], open[0]);
  }
  return [-360, 0, 360]
    .map((shift) => clipped(clipped(open.map(([x, y]) => [x + shift, y]), -180, 1), 180, -1))
    .filter((part) => part.length > 3);
}

// Longitudes that go on over 180 instead of jumping to -180.
function unrolled(ring) {
  let shift = 0;
  return ring.map(([x, y], i) => {
    const step = i ? x - ring[i - 1][0] : 0;
    if (Math.abs(step) > 180) shift -= 360 * Math.sign(step);
    return [x + shift, y];
  });
}

// The part of a closed ring on one side of a meridian (Sutherland and Hodgman), closed.
function clipped(ring, meridian, side) {
  const within = ([x]) => (x - meridian) * side >= 0;
  const part = [];
  for (let i = 1; i < ring.length; i++) {
    const [from, to] = [ring[i - 1], ring[i]];
    if (within(from) !== within(to)) part.push([meridian, from[1] + ((to[1] - from[1]) * (meridian - from[0])) / (to[0] - from[0])]);
    if (within(to)) part.push(to);
  }
  return part.length ? [...part, part[0]] : part;
}

function rounded(ring) {
  const points = ring.map(([x, y]) => [Math.round(x * 100) / 100 + 0, Math.round(y * 100) / 100 + 0]);
  return points.filter(([x, y], i) => i === 0 || x !== points[i - 1][0] || y !== points[i - 1][1]);
}
