/** SMILES of a molecule, depth first from its first atom; not canonical. */
import { type Atom, type Bond, hydrogensOf, type Molecule, valence } from './molecule.ts';

const signOf = ({ order, isAromatic }: Bond): string => (isAromatic ? '' : (['', '', '=', '#'][order] ?? ''));

const organic: ReadonlySet<string> = new Set(Object.keys(valence));

/** In brackets when the number of hydrogens does not follow from the valence. */
const atomText = (molecule: Molecule, index: number): string => {
  const { element, isAromatic, hydrogens } = molecule.atoms[index] as Atom;
  const symbol = isAromatic ? element.toLowerCase() : element;
  const plain = { ...molecule, atoms: molecule.atoms.with(index, { element, isAromatic, hydrogens: undefined }) };
  const isPlain = organic.has(element) && (hydrogens === undefined || hydrogensOf(plain, index) === hydrogens);
  if (isPlain) return symbol;
  const count = hydrogens ?? 0;
  return `[${symbol}${count === 0 ? '' : count === 1 ? 'H' : `H${count}`}]`;
};

const ringText = (number: number) => (number < 10 ? String(number) : `%${number}`);

export const writeSmiles = (molecule: Molecule): string => {
  const { atoms, bonds } = molecule;
  const seen = new Set<number>();
  const used = new Set<Bond>();
  const rings = new Map<number, string[]>();
  let lastRing = 0;
  const bondsOf = (index: number) => bonds.filter(({ from, to }) => from === index || to === index);
  const other = (bond: Bond, index: number) => (bond.from === index ? bond.to : bond.from);
  /** Ring closures must be known before the text is written. */
  const visit = (index: number): Bond[] => {
    seen.add(index);
    const next: Bond[] = [];
    for (const bond of bondsOf(index)) {
      if (used.has(bond)) continue;
      used.add(bond);
      const to = other(bond, index);
      if (seen.has(to)) {
        lastRing += 1;
        for (const end of [index, to])
          rings.set(end, [...(rings.get(end) ?? []), `${signOf(bond)}${ringText(lastRing)}`]);
      } else {
        next.push(bond);
        tree.set(to, visit(to));
      }
    }
    return next;
  };
  const tree = new Map<number, Bond[]>();
  const text = (index: number): string => {
    const branches = (tree.get(index) ?? []).map((bond) => `${signOf(bond)}${text(other(bond, index))}`);
    const side = branches.slice(0, -1).map((branch) => `(${branch})`);
    return `${atomText(molecule, index)}${(rings.get(index) ?? []).join('')}${side.join('')}${branches.at(-1) ?? ''}`;
  };
  const parts: string[] = [];
  for (const index of atoms.keys()) {
    if (seen.has(index)) continue;
    tree.set(index, visit(index));
    parts.push(text(index));
  }
  return parts.join('.');
};
