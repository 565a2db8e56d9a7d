/** Just enough SMILES to give structures a formula, a mass and other file formats; no stereo, no aromatic perception. */

export interface Atom {
  readonly element: string;
  readonly isAromatic: boolean;
  readonly hydrogens: number | undefined;
}

export interface Bond {
  readonly from: number;
  readonly to: number;
  readonly order: number;
  /** Between two aromatic atoms, without an order of its own. */
  readonly isAromatic: boolean;
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

/** An order of 0 is none: aromatic between aromatic atoms, single elsewhere. */
const bondBetween = (atoms: readonly Atom[], from: number, to: number, order: number): Bond => ({
  from,
  to,
  order: order || 1,
  isAromatic: order === 0 && atoms[from]?.isAromatic === true && atoms[to]?.isAromatic === true,
});

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
        bonds.push(bondBetween(atoms, open.atom, previous, order || open.order));
        rings.delete(token);
      }
      order = 0;
    } else {
      atoms.push(readAtom(token));
      if (previous >= 0) bonds.push(bondBetween(atoms, previous, atoms.length - 1, order));
      previous = atoms.length - 1;
      order = 0;
    }
  }
  return atoms.length === 0 || rings.size > 0 || branches.length > 0 ? undefined : { atoms, bonds };
};

export const valence: Readonly<Record<string, number>> = {
  B: 3,
  C: 4,
  N: 3,
  O: 2,
  P: 3,
  S: 2,
  F: 1,
  Cl: 1,
  Br: 1,
  I: 1,
};
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

export const hydrogensOf = ({ atoms, bonds }: Molecule, index: number): number => {
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

/** Masses of the most frequent isotopes (IUPAC 2021, five decimals). */
const exactMasses: Readonly<Record<string, number>> = {
  H: 1.00783,
  B: 11.00931,
  C: 12,
  N: 14.00307,
  O: 15.99491,
  F: 18.9984,
  Na: 22.98977,
  P: 30.97376,
  S: 31.97207,
  Cl: 34.96885,
  K: 38.96371,
  Br: 78.91834,
  I: 126.90447,
};

/** Mass of the most frequent isotopes in g/mol, five decimals. */
export const exactMassOf = (molecule: Molecule): number => {
  let sum = 0;
  for (const [element, count] of elementCounts(molecule)) sum += (exactMasses[element] ?? 0) * count;
  return Math.round(sum * 100_000) / 100_000;
};

const pad = (value: number, width: number) => String(value).padStart(width);

/** 4 is aromatic (CTfile formats, bond block). */
const molOrder = ({ order, isAromatic }: Bond) => (isAromatic ? 4 : order);

/** MDL V2000; atoms stand on a line, since nothing here lays them out. */
export const molBlock = (molecule: Molecule, title: string): string => {
  const { atoms, bonds } = molecule;
  const atomLines = atoms.map(
    ({ element }, index) =>
      `${(index * 1.5).toFixed(4).padStart(10)}    0.0000    0.0000 ${element.padEnd(3)} 0  0  0  0  0  0  0  0  0  0  0  0`,
  );
  const bondLines = bonds.map((bond) => `${pad(bond.from + 1, 3)}${pad(bond.to + 1, 3)}${pad(molOrder(bond), 3)}  0`);
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

export const molBlock3000 = ({ atoms, bonds }: Molecule, title: string): string =>
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
    ...bonds.map((bond, index) => `M  V30 ${index + 1} ${molOrder(bond)} ${bond.from + 1} ${bond.to + 1}`),
    'M  V30 END BOND',
    'M  V30 END CTAB',
    'M  END',
    '',
  ].join('\n');
