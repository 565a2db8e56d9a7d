/** Just enough SMILES to give structures a formula, a mass and other file formats; no stereo, no aromatic perception. */
import { ownOf } from './json.ts';

interface Atom {
  readonly element: string;
  readonly isAromatic: boolean;
  readonly hydrogens: number | undefined;
}

interface Bond {
  readonly from: number;
  readonly to: number;
  readonly order: number;
}

export interface Molecule {
  readonly atoms: readonly Atom[];
  readonly bonds: readonly Bond[];
}

const tokenPattern = /\[[^\]]+\]|Br|Cl|[BCNOPSFI]|[bcnops]|[-=#:/\\.()]|%\d\d|\d/y;
const orders: Readonly<Record<string, number>> = { '-': 1, '=': 2, '#': 3, ':': 1, '/': 1, '\\': 1 };

const readAtom = (token: string): Atom => {
  if (!token.startsWith('[')) {
    const isAromatic = token === token.toLowerCase();
    return { element: token.charAt(0).toUpperCase() + token.slice(1), isAromatic, hydrogens: undefined };
  }
  const inner = /^\[\d*([A-Za-z][a-z]?)@*(?:H(\d*))?/.exec(token);
  const symbol = inner?.[1] ?? 'C';
  const element = symbol.charAt(0).toUpperCase() + symbol.slice(1);
  const hydrogens = /H\d*/.test(token.slice(1 + symbol.length)) ? Number(inner?.[2] || '1') : 0;
  return { element, isAromatic: symbol === symbol.toLowerCase(), hydrogens };
};

/** `undefined` for text that is not SMILES. */
export const parseSmiles = (smiles: string): Molecule | undefined => {
  const atoms: Atom[] = [];
  const bonds: Bond[] = [];
  const branches: number[] = [];
  const rings = new Map<string, { readonly atom: number; readonly order: number }>();
  let previous = -1;
  let order = 0;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < smiles.length) {
    const token = tokenPattern.exec(smiles)?.[0];
    if (token === undefined) return undefined;
    if (token === '(') branches.push(previous);
    else if (token === ')') previous = branches.pop() ?? -1;
    else if (token === '.') previous = -1;
    else if (orders[token] !== undefined) order = orders[token];
    else if (/^%?\d/.test(token)) {
      const open = rings.get(token);
      if (open === undefined) rings.set(token, { atom: previous, order });
      else {
        bonds.push({ from: open.atom, to: previous, order: order || open.order || 1 });
        rings.delete(token);
      }
      order = 0;
    } else {
      atoms.push(readAtom(token));
      if (previous >= 0) bonds.push({ from: previous, to: atoms.length - 1, order: order || 1 });
      previous = atoms.length - 1;
      order = 0;
    }
  }
  return atoms.length === 0 || rings.size > 0 || branches.length > 0 ? undefined : { atoms, bonds };
};

const valence: Readonly<Record<string, number>> = { B: 3, C: 4, N: 3, O: 2, P: 3, S: 2, F: 1, Cl: 1, Br: 1, I: 1 };
const masses: Readonly<Record<string, number>> = {
  H: 1.008,
  B: 10.81,
  C: 12.011,
  N: 14.007,
  O: 15.999,
  F: 18.998,
  Na: 22.99,
  P: 30.974,
  S: 32.06,
  Cl: 35.45,
  K: 39.098,
  Br: 79.904,
  I: 126.904,
};

const hydrogensOf = ({ atoms, bonds }: Molecule, index: number): number => {
  const atom = atoms[index];
  if (atom === undefined) return 0;
  if (atom.hydrogens !== undefined) return atom.hydrogens;
  const used = bonds
    .filter(({ from, to }) => from === index || to === index)
    .reduce((sum, bond) => sum + bond.order, 0);
  return Math.max(0, (valence[atom.element] ?? 0) - used - (atom.isAromatic ? 1 : 0));
};

const elementCounts = (molecule: Molecule): Map<string, number> => {
  const counts = new Map<string, number>();
  molecule.atoms.forEach(({ element }, index) => {
    counts.set(element, (counts.get(element) ?? 0) + 1);
    counts.set('H', (counts.get('H') ?? 0) + hydrogensOf(molecule, index));
  });
  return counts;
};

/** Hill order: carbon, hydrogen, then by letter. */
export const formulaOf = (molecule: Molecule): string => {
  const rank = (element: string) => (element === 'C' ? '0' : element === 'H' ? '1' : element);
  return [...elementCounts(molecule)]
    .filter(([, count]) => count > 0)
    .toSorted(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
    .map(([element, count]) => `${element}${count === 1 ? '' : count}`)
    .join('');
};

/** Molar mass in g/mol, two decimals. */
export const massOf = (molecule: Molecule): number => {
  let sum = 0;
  for (const [element, count] of elementCounts(molecule)) sum += (masses[element] ?? 0) * count;
  return Math.round(sum * 100) / 100;
};

const pad = (value: number, width: number) => String(value).padStart(width);

/** MDL V2000; atoms stand on a line, since nothing here lays them out. */
export const molBlock = (molecule: Molecule, title: string): string => {
  const { atoms, bonds } = molecule;
  const atomLines = atoms.map(
    ({ element }, index) =>
      `${(index * 1.5).toFixed(4).padStart(10)}    0.0000    0.0000 ${element.padEnd(3)} 0  0  0  0  0  0  0  0  0  0  0  0`,
  );
  const bondLines = bonds.map(({ from, to, order }) => `${pad(from + 1, 3)}${pad(to + 1, 3)}${pad(order, 3)}  0`);
  return [
    title,
    '  SignalsSim',
    '',
    `${pad(atoms.length, 3)}${pad(bonds.length, 3)}  0  0  0  0  0  0  0  0999 V2000`,
    ...atomLines,
    ...bondLines,
    'M  END',
    '',
  ].join('\n');
};

const molBlock3000 = ({ atoms, bonds }: Molecule, title: string): string =>
  [
    title,
    '  SignalsSim',
    '',
    '  0  0  0     0  0            999 V3000',
    'M  V30 BEGIN CTAB',
    `M  V30 COUNTS ${atoms.length} ${bonds.length} 0 0 0`,
    'M  V30 BEGIN ATOM',
    ...atoms.map(({ element }, index) => `M  V30 ${index + 1} ${element} ${index * 1.5} 0 0 0`),
    'M  V30 END ATOM',
    'M  V30 BEGIN BOND',
    ...bonds.map(({ from, to, order }, index) => `M  V30 ${index + 1} ${order} ${from + 1} ${to + 1}`),
    'M  V30 END BOND',
    'M  V30 END CTAB',
    'M  END',
    '',
  ].join('\n');

const svg = (smiles: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="80"><text x="10" y="45" font-size="16">${smiles.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</text></svg>`;

const cdxml = (molecule: Molecule): string => {
  const nodes = molecule.atoms.map(
    ({ element }, index) =>
      `<n id="${index + 1}" p="${index * 15} 0"${element === 'C' ? '' : ` Element="${element}"`}/>`,
  );
  const lines = molecule.bonds.map(
    ({ from, to, order }, index) => `<b id="${1000 + index}" B="${from + 1}" E="${to + 1}" Order="${order}"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE CDXML SYSTEM "http://www.cambridgesoft.com/xml/cdxml.dtd"><CDXML><page><fragment>${[...nodes, ...lines].join('')}</fragment></page></CDXML>`;
};

export interface StructureFile {
  readonly mediaType: string;
  readonly extension: string;
  readonly text: string;
}

const writers: Readonly<Record<string, (molecule: Molecule, smiles: string) => StructureFile>> = {
  smiles: (_molecule, smiles) => ({ mediaType: 'chemical/x-daylight-smiles', extension: 'smi', text: smiles }),
  /** The formula layer only. */
  inchi: (molecule) => ({ mediaType: 'chemical/x-inchi', extension: 'inchi', text: `InChI=1S/${formulaOf(molecule)}` }),
  mol: (molecule, smiles) => ({
    mediaType: 'chemical/x-mdl-molfile',
    extension: 'mol',
    text: molBlock(molecule, smiles),
  }),
  'mol-v3000': (molecule, smiles) => ({
    mediaType: 'chemical/x-mdl-molfile',
    extension: 'mol',
    text: molBlock3000(molecule, smiles),
  }),
  sdf: (molecule, smiles) => ({
    mediaType: 'chemical/x-mdl-sdfile',
    extension: 'sdf',
    text: `${molBlock(molecule, smiles)}$$$$\n`,
  }),
  cdxml: (molecule) => ({ mediaType: 'chemical/x-cdxml', extension: 'cdxml', text: cdxml(molecule) }),
  svg: (_molecule, smiles) => ({ mediaType: 'image/svg+xml', extension: 'svg', text: svg(smiles) }),
};

/** The structure in a format; `undefined` when the format is unknown or the structure has none in it (such as HELM). */
export const writeStructure = (smiles: string, format: string): StructureFile | undefined => {
  const molecule = parseSmiles(smiles);
  return molecule === undefined ? undefined : ownOf(writers, format)?.(molecule, smiles);
};

/** Reads a structure that a caller sends. Molfiles are refused upstream, and so here. */
export const smilesFrom = (data: string, contentType: string): string | undefined => {
  const text = data.trim();
  if (/smiles/i.test(contentType)) return parseSmiles(text) === undefined ? undefined : text;
  if (/inchi/i.test(contentType)) return text.startsWith('InChI=') ? 'C' : undefined;
  if (/cdxml/i.test(contentType)) return /<CDXML/i.test(text) ? (/<s>([^<]*)<\/s>/.exec(text)?.[1] ?? 'C') : undefined;
  return /helm/i.test(contentType) && text.includes('{') ? 'NCC(O)=O' : undefined;
};
