/** CDXML: one fragment for each molecule. The elements of atoms are atomic numbers, bonds of order 1.5 are aromatic (CDX format, CambridgeSoft). */
import type { Atom, Bond, Molecule } from './molecule.ts';

const numbers: Readonly<Record<string, number>> = {
  H: 1,
  B: 5,
  C: 6,
  N: 7,
  O: 8,
  F: 9,
  Na: 11,
  P: 15,
  S: 16,
  Cl: 17,
  K: 19,
  Br: 35,
  I: 53,
};
const elements = new Map(Object.entries(numbers).map(([element, number]) => [String(number), element]));

const head =
  '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE CDXML SYSTEM "http://www.cambridgesoft.com/xml/cdxml.dtd">';

/** An atom without an element is carbon. */
const nodeOf = ({ element, hydrogens }: Atom, id: number, place: string): string => {
  const number = element === 'C' ? '' : ` Element="${numbers[element] ?? 0}"`;
  return `<n id="${id}" p="${place}"${number}${hydrogens === undefined ? '' : ` NumHydrogens="${hydrogens}"`}/>`;
};

const fragmentOf = ({ atoms, bonds }: Molecule, place: number): string => {
  const first = (place + 1) * 1_000;
  const nodes = atoms.map((atom, index) => nodeOf(atom, first + index + 1, `${index * 15} ${place * 60}`));
  const lines = bonds.map(
    ({ from, to, order, isAromatic }, index) =>
      `<b id="${first + 500 + index}" B="${first + from + 1}" E="${first + to + 1}" Order="${isAromatic ? 1.5 : order}"/>`,
  );
  return `<fragment id="${first}">${[...nodes, ...lines].join('')}</fragment>`;
};

/** Nothing lays the atoms out: those of a fragment are on a line. */
export const writeCdxml = (molecules: readonly Molecule[]): string =>
  `${head}<CDXML><page>${molecules.map(fragmentOf).join('')}</page></CDXML>`;

/** The native form of a drawing without anything in it. */
export const blankCdxml = '<CDXML />';

const attributesOf = (tag: string): ReadonlyMap<string, string> =>
  new Map([...tag.matchAll(/([A-Za-z]+)\s*=\s*"([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));

const tagsOf = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`<${name}\\s[^>]*>`, 'g'))].map(([tag]) => attributesOf(tag));

/** `undefined` without atoms, or with a bond that leads to none. */
export const readCdxml = (text: string): Molecule | undefined => {
  const nodes = tagsOf(text, 'n');
  const places = new Map(nodes.map((node, index) => [node.get('id') ?? '', index]));
  const lines = tagsOf(text, 'b');
  const bonds: Bond[] = [];
  for (const line of lines) {
    const from = places.get(line.get('B') ?? '');
    const to = places.get(line.get('E') ?? '');
    if (from === undefined || to === undefined) return undefined;
    const order = Number.parseFloat(line.get('Order') ?? '1');
    bonds.push({ from, to, order: Math.floor(order) || 1, isAromatic: order === 1.5 });
  }
  const inRing = new Set(bonds.filter(({ isAromatic }) => isAromatic).flatMap(({ from, to }) => [from, to]));
  const atoms = nodes.map((node, index): Atom => {
    const given = node.get('Element') ?? '6';
    const hydrogens = node.get('NumHydrogens');
    return {
      element: elements.get(given) ?? given,
      isAromatic: inRing.has(index),
      hydrogens: hydrogens === undefined ? undefined : Number(hydrogens),
    };
  });
  return atoms.length === 0 ? undefined : { atoms, bonds };
};
