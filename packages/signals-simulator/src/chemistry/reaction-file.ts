/** A whole reaction as a file: reactants, reagents and products in the formats of a drawing's export. */
import { writeCdxml } from './cdxml.ts';
import { writeInchi } from './inchi.ts';
import { type Molecule, molBlock, molBlock3000, parseSmiles } from './molecule.ts';
import type { StructureFile } from './structure-file.ts';

/** SMILES by side. A drawing with reactants only and no arrow is a structure. */
export interface Reaction {
  readonly reactants: readonly string[];
  readonly reagents: readonly string[];
  readonly products: readonly string[];
}

const moleculesOf = (smiles: readonly string[]): Molecule[] => smiles.flatMap((text) => parseSmiles(text) ?? []);

const all = ({ reactants, reagents, products }: Reaction) => [...reactants, ...reagents, ...products];

const joined = (molecules: readonly Molecule[]): Molecule => {
  const atoms: Molecule['atoms'][number][] = [];
  const bonds: Molecule['bonds'][number][] = [];
  for (const molecule of molecules) {
    const first = atoms.length;
    atoms.push(...molecule.atoms);
    bonds.push(...molecule.bonds.map((bond) => ({ ...bond, from: bond.from + first, to: bond.to + first })));
  }
  return { atoms, bonds };
};

const romans = [
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
] as const;

/** I, II, … as the grid numbers its rows. */
export const roman = (number: number): string => {
  let rest = number;
  let text = '';
  for (const [sign, value] of romans)
    while (rest >= value) {
      text += sign;
      rest -= value;
    }
  return text;
};

const isReaction = ({ reagents, products }: Reaction) => reagents.length + products.length > 0;

const smilesOf = (reaction: Reaction): string =>
  isReaction(reaction)
    ? `${reaction.reactants.join('.')}>${reaction.reagents.join('.')}>${reaction.products.join('.')}`
    : reaction.reactants.join('.');

const escapeXml = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const svgOf = (reaction: Reaction): string => {
  const partWidth = 160;
  const left = [...reaction.reactants, ...reaction.reagents];
  const label = (smiles: string, index: number, x: number) =>
    `<g><text x="${x}" y="45" font-size="16">${escapeXml(smiles)}</text><text x="${x}" y="70" font-size="12">[${roman(index + 1)}]</text></g>`;
  const arrowX = left.length * partWidth;
  const arrow = isReaction(reaction)
    ? `<path class="arrow" d="M ${arrowX + 10} 40 h 60 m -8 -5 l 8 5 l -8 5" stroke="black" fill="none"/>`
    : '';
  const parts = left.map((smiles, index) => label(smiles, index, 10 + index * partWidth));
  const results = reaction.products.map((smiles, index) =>
    label(smiles, left.length + index, arrowX + 90 + index * partWidth),
  );
  const width = Math.max(320, (all(reaction).length + 1) * partWidth);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="80">${[...parts, arrow, ...results].join('')}</svg>`;
};

/** One block for each structure (CTfile formats, RXN file). */
const rxnOf = (reaction: Reaction, block: (molecule: Molecule) => string, version: string): string => {
  const [left, right] = [moleculesOf([...reaction.reactants, ...reaction.reagents]), moleculesOf(reaction.products)];
  const counts = `${String(left.length).padStart(3)}${String(right.length).padStart(3)}`;
  const blocks = [...left, ...right].map((molecule) => `$MOL\n${block(molecule)}`);
  return `$RXN${version}\n\n  SignalsSim\n\n${counts}\n${blocks.join('')}`;
};

type Writer = (reaction: Reaction) => StructureFile;

const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ['smiles', (reaction) => file('chemical/x-daylight-smiles', 'smi', smilesOf(reaction))],
  ['svg', (reaction) => file('image/svg+xml', 'svg', svgOf(reaction))],
  ['cdxml', (reaction) => file('chemical/x-cdxml', 'cdxml', writeCdxml(moleculesOf(all(reaction))))],
  ['mol', (reaction) => file('chemical/x-mdl-molfile', 'mol', molBlock(joined(moleculesOf(all(reaction))), ''))],
  [
    'mol-v3000',
    (reaction) => file('chemical/x-mdl-molfile', 'mol', molBlock3000(joined(moleculesOf(all(reaction))), '')),
  ],
  [
    'rxn',
    (reaction) =>
      file(
        'chemical/x-mdl-rxnfile',
        'rxn',
        rxnOf(reaction, (part) => molBlock(part, ''), ''),
      ),
  ],
  [
    'rxn-v3000',
    (reaction) =>
      file(
        'chemical/x-mdl-rxnfile',
        'rxn',
        rxnOf(reaction, (part) => molBlock3000(part, ''), ' V3000'),
      ),
  ],
  ['sdf', (reaction) => file('chemical/x-mdl-sdfile', 'sdf', sdfOf(reaction))],
  /** One line for each structure; how the tenant joins them is not known. */
  ['inchi', (reaction) => file('chemical/x-inchi', 'inchi', moleculesOf(all(reaction)).map(writeInchi).join('\n'))],
]);

const sdfOf = (reaction: Reaction) =>
  moleculesOf(all(reaction))
    .map((molecule) => `${molBlock(molecule, '')}$$$$\n`)
    .join('');

const file = (mediaType: string, extension: string, text: string): StructureFile => ({ mediaType, extension, text });

/** `undefined` for an unknown format. Without structures a file is empty, or has no atoms. */
export const writeReaction = (reaction: Reaction, format: string): StructureFile | undefined =>
  writers.get(format)?.(reaction);
