/**
 * A catalogue export: what the facade says it has archived, a line of JSON each, as canonical entries or as the resources of `/v1/archive`
 * that `npm run -s operator -- archive list --json` prints.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { canonicalJson } from '../../../shared/archive/canonical-json.ts';
import { type CatalogueEntry, parseCatalogueLine } from '../../../shared/archive/format.ts';
import type { Link } from './chain.ts';
import type { Report } from './fault.ts';

/** Hash of the manifest by number, and what else the catalogue says. */
export type Catalogue = Map<number, CatalogueEntry>;

/** The canonical line of a resource of `/v1/archive`; any other line as it is. */
const canonicalLine = (line: string): string => {
  const { id, attributes } = (JSON.parse(line) ?? {}) as { id?: string; attributes?: Record<string, unknown> };
  if (attributes === undefined) return line;
  const { entity: eid, digest, versionId, sha256, sizeBytes, manifestSha256, legalHold: isHeld } = attributes;
  const entry = { number: Number(id), eid, digest, versionId, sha256, sizeBytes, manifestSha256, isHeld };
  // What is not there is left out, so that the reader names it.
  return canonicalJson(JSON.parse(JSON.stringify(entry)));
};

/** Lines that cannot be read are reported. @throws Error when the file cannot be read */
export const readCatalogue = async (file: string, report: Report): Promise<Catalogue> => {
  const catalogue: Catalogue = new Map();
  let lineNumber = 0;
  for await (const line of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    lineNumber += 1;
    if (line === '') continue;
    try {
      const entry = parseCatalogueLine(canonicalLine(line));
      if (catalogue.has(entry.number)) throw new Error(`number ${entry.number} occurs twice`);
      catalogue.set(entry.number, entry);
    } catch (error) {
      report(
        'catalogue-unreadable',
        lineNumber,
        `line ${lineNumber}: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
  return catalogue;
};

const compared = ['eid', 'digest', 'versionId', 'sha256', 'sizeBytes'] as const;

/** Compares one link, and takes its entry out of the catalogue. */
export const compareLink = (catalogue: Catalogue, { manifest, sha256 }: Link, report: Report): void => {
  const { number } = manifest;
  const entry = catalogue.get(number);
  if (!entry) {
    report('catalogue-lacks', number, `the catalogue does not know manifest ${number}, ${manifest.eid}`);
    return;
  }
  catalogue.delete(number);
  const differing: string[] = compared.filter((name) => entry[name] !== manifest[name]);
  if (entry.manifestSha256 !== sha256) differing.push('manifestSha256');
  if (differing.length > 0)
    report('catalogue-mismatch', number, `${differing.join(', ')} differ between catalogue and manifest`);
};

/** What is left over in the catalogue is not in the archive. */
export const reportGaps = (catalogue: Catalogue, report: Report): void => {
  for (const { number, eid, digest } of catalogue.values())
    report('catalogue-gap', number, `the catalogue lists ${eid}, digest ${digest}; the archive lacks its manifest`);
};
