/** Structures as files in the formats of exports, and read from what callers send. */
import { ownOf } from '../json.ts';
import { readCdxml, writeCdxml } from './cdxml.ts';
import { readInchi, writeInchi } from './inchi.ts';
import { type Molecule, molBlock, molBlock3000, parseSmiles } from './molecule.ts';
import { writeSmiles } from './write-smiles.ts';

const svg = (smiles: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="80"><text x="10" y="45" font-size="16">${smiles.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</text></svg>`;

export interface StructureFile {
  readonly mediaType: string;
  readonly extension: string;
  readonly text: string;
}

const writers: Readonly<Record<string, (molecule: Molecule, smiles: string) => StructureFile>> = {
  smiles: (_molecule, smiles) => ({ mediaType: 'chemical/x-daylight-smiles', extension: 'smi', text: smiles }),
  inchi: (molecule) => ({ mediaType: 'chemical/x-inchi', extension: 'inchi', text: writeInchi(molecule) }),
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
  cdxml: (molecule) => ({ mediaType: 'chemical/x-cdxml', extension: 'cdxml', text: writeCdxml([molecule]) }),
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
  if (/inchi/i.test(contentType)) return written(readInchi(text));
  if (/cdxml/i.test(contentType)) return smilesOfCdxml(text);
  return /helm/i.test(contentType) && text.includes('{') ? 'NCC(O)=O' : undefined;
};

const written = (molecule: Molecule | undefined) => (molecule === undefined ? undefined : writeSmiles(molecule));

/** A CDXML that holds no atoms but a text is read as that text; another one that is CDXML as methane (both invented). */
const smilesOfCdxml = (text: string): string | undefined => {
  if (!/<CDXML/i.test(text)) return undefined;
  return written(readCdxml(text)) ?? /<s>([^<]*)<\/s>/.exec(text)?.[1] ?? 'C';
};
