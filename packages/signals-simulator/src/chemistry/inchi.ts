/**
 * InChI with the layers of formula, connections and hydrogens. The numbering follows the elements and the number of
 * neighbours, which is canonical for small chains only: two InChIs of one larger structure may differ from the standard one.
 */
import { type Atom, type Bond, formulaOf, hydrogensOf, type Molecule, valence } from './molecule.ts';

const degreeOf = ({ bonds }: Molecule, index: number) =>
  bonds.filter(({ from, to }) => from === index || to === index).length;

/** Carbon first, then by letter; fewer neighbours first. */
const numbering = (molecule: Molecule): number[] => {
  const rank = (index: number) => {
    const element = molecule.atoms[index]?.element ?? '';
    return element === 'C' ? '' : element;
  };
  return [...molecule.atoms.keys()].toSorted(
    (a, b) =>
      (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0) || degreeOf(molecule, a) - degreeOf(molecule, b) || a - b,
  );
};

/** `1-2(3)4`: branches in brackets, a ring is closed by its number. */
const connections = (molecule: Molecule, order: readonly number[]): string => {
  const number = new Map(order.map((index, place) => [index, place + 1]));
  const seen = new Set<number>();
  const used = new Set<Bond>();
  const walk = (index: number): string => {
    seen.add(index);
    const branches: string[] = [];
    const neighbours = molecule.bonds
      .filter(({ from, to }) => from === index || to === index)
      .toSorted((a, b) => (number.get(otherOf(a, index)) ?? 0) - (number.get(otherOf(b, index)) ?? 0));
    for (const bond of neighbours) {
      if (used.has(bond)) continue;
      used.add(bond);
      const next = otherOf(bond, index);
      branches.push(seen.has(next) ? String(number.get(next)) : walk(next));
    }
    const own = String(number.get(index));
    if (branches.length === 0) return own;
    const side = branches.slice(0, -1);
    return side.length === 0 ? `${own}-${branches[0]}` : `${own}(${side.join(',')})${branches.at(-1)}`;
  };
  const parts: string[] = [];
  for (const index of order) if (!seen.has(index)) parts.push(walk(index));
  return parts.filter((part) => /\D/.test(part)).join(';');
};

const otherOf = (bond: Bond, index: number) => (bond.from === index ? bond.to : bond.from);

/** `2-3H,1H3`: numbers in ranges, fewer hydrogens first. */
const hydrogens = (molecule: Molecule, order: readonly number[]): string => {
  const byCount = new Map<number, number[]>();
  for (const [place, index] of order.entries()) {
    const count = hydrogensOf(molecule, index);
    if (count > 0) byCount.set(count, [...(byCount.get(count) ?? []), place + 1]);
  }
  return [...byCount]
    .toSorted(([a], [b]) => a - b)
    .map(([count, numbers]) => `${ranges(numbers)}H${count === 1 ? '' : count}`)
    .join(',');
};

const ranges = (numbers: readonly number[]): string => {
  const runs: number[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  return runs.map((run) => (run.length === 1 ? String(run[0]) : `${run[0]}-${run.at(-1)}`)).join(',');
};

export const writeInchi = (molecule: Molecule): string => {
  const order = numbering(molecule);
  const [links, protons] = [connections(molecule, order), hydrogens(molecule, order)];
  return `InChI=1S/${formulaOf(molecule)}${links === '' ? '' : `/c${links}`}${protons === '' ? '' : `/h${protons}`}`;
};

const readElements = (formula: string): string[] =>
  [...formula.matchAll(/([A-Z][a-z]?)(\d*)/g)].flatMap(([, element = '', count = '']) =>
    element === 'H' ? [] : Array.from({ length: Number(count || '1') }, () => element),
  );

/** `undefined` when the layer does not read as connections of the atoms. */
const readConnections = (layer: string, atomCount: number): [number, number][] | undefined => {
  const pairs: [number, number][] = [];
  const stack: number[] = [];
  let previous = 0;
  for (const [token] of layer.matchAll(/\d+|\D/g)) {
    if (token === '(') stack.push(previous);
    else if (token === ',') previous = stack.at(-1) ?? 0;
    else if (token === ')') previous = stack.pop() ?? 0;
    else if (token === ';') previous = 0;
    else if (/^\d+$/.test(token)) {
      const number = Number(token);
      if (number < 1 || number > atomCount) return undefined;
      if (previous > 0) pairs.push([previous - 1, number - 1]);
      previous = number;
    } else if (token !== '-') return undefined;
  }
  return pairs;
};

/** Hydrogens that move between atoms, `(H,2,3)`, go to the first ones named. */
const readHydrogens = (layer: string, atomCount: number): number[] => {
  const counts = new Array<number>(atomCount).fill(0);
  const add = (number: number, count: number) => {
    if (number >= 1 && number <= atomCount) counts[number - 1] = (counts[number - 1] ?? 0) + count;
  };
  const fixed = layer.replace(/\(H(\d*),([\d,]+)\)/g, (_all, count: string, numbers: string) => {
    for (const number of numbers.split(',').slice(0, Number(count || '1'))) add(Number(number), 1);
    return '';
  });
  for (const [, numbers = '', count = ''] of fixed.matchAll(/([\d,-]+)H(\d*)/g))
    for (const part of numbers.split(',').filter((text) => text !== '')) {
      const [from = 0, to = from] = part.split('-').map(Number);
      for (let number = from; number <= Math.min(to, atomCount); number += 1) add(number, Number(count || '1'));
    }
  return counts;
};

/** Ends the search in structures that have no such orders, such as charged ones. */
const mostSteps = 10_000;

/** Adds orders to bonds until the valences are filled; tries another bond when an atom is left over. */
const fillOrders = (
  bonds: { from: number; to: number; order: number }[],
  missing: number[],
  steps = { left: mostSteps },
): boolean => {
  steps.left -= 1;
  if (steps.left < 0) return false;
  const first = missing.findIndex((count) => count > 0);
  if (first < 0) return true;
  for (const bond of bonds) {
    if ((bond.from !== first && bond.to !== first) || bond.order > 2) continue;
    const other = bond.from === first ? bond.to : bond.from;
    if ((missing[other] ?? 0) <= 0) continue;
    for (const end of [first, other]) missing[end] = (missing[end] ?? 0) - 1;
    bond.order += 1;
    if (fillOrders(bonds, missing, steps)) return true;
    bond.order -= 1;
    for (const end of [first, other]) missing[end] = (missing[end] ?? 0) + 1;
  }
  return false;
};

/** So many atoms keep the search for the orders of bonds short. */
const mostAtoms = 200;

/** `undefined` for text that is no InChI. Charges and stereo layers are left out. */
export const readInchi = (text: string): Molecule | undefined => {
  if (!/^InChI=1S?\/[A-Z]/.test(text)) return undefined;
  const [formula = '', ...layers] = text.slice(text.indexOf('/') + 1).split('/');
  const layer = (sign: string) => layers.find((candidate) => candidate.startsWith(sign))?.slice(1) ?? '';
  const elements = readElements(formula);
  if (elements.length === 0 || elements.length > mostAtoms) return undefined;
  const pairs = readConnections(layer('c'), elements.length);
  if (pairs === undefined) return undefined;
  const counts = readHydrogens(layer('h'), elements.length);
  const bonds = pairs.map(([from, to]) => ({ from, to, order: 1 }));
  const single = (index: number) => bonds.filter(({ from, to }) => from === index || to === index).length;
  const missing = elements.map((element, index) =>
    Math.max(0, (valence[element] ?? 0) - single(index) - (counts[index] ?? 0)),
  );
  fillOrders(bonds, missing);
  const atoms = elements.map((element, index): Atom => ({ element, isAromatic: false, hydrogens: counts[index] ?? 0 }));
  return { atoms, bonds: bonds.map((bond) => ({ ...bond, isAromatic: false })) };
};
