/** Names and states of microscope files. Wells, sites and channels are read from the names. */
import type { Acquisition, FileStatus, Plate } from './model.ts';

export interface ImageName {
  readonly well: string;
  /** Number of the site in its well, from 1. */
  readonly site: number;
  readonly channel: string;
  readonly tpoint: number;
  readonly zplane: number;
}

interface Pattern {
  readonly image: RegExp;
  readonly metadata: RegExp | undefined;
}

const types = String.raw`\.(?:png|tiff?)$`;

/** Time points and planes count from 1 in names. A name without one has the first. */
const patterns: Readonly<Record<string, Pattern>> = {
  cellvoyager: {
    image: new RegExp(
      String.raw`^.+_(?<well>[A-Z]\d{2})_T(?<t>\d+)F(?<site>\d+)L\d+A\d+Z(?<z>\d+)(?<channel>C\d+)${types}`,
      'i',
    ),
    metadata: /\.(mlf|mrf)$/i,
  },
  visiview: {
    image: new RegExp(String.raw`^.+_(?<well>[A-Z]\d{2})_w\d+(?<channel>[^_]+)_s(?<site>\d+)_t(?<t>\d+)${types}`, 'i'),
    metadata: /\.nd$/i,
  },
  metamorph: {
    image: new RegExp(String.raw`^.+_(?<well>[A-Z]\d{2})_s(?<site>\d+)_(?<channel>w\d+)${types}`, 'i'),
    metadata: undefined,
  },
};

export const microscopeTypes = Object.keys(patterns);

/** What the name of an image says, or nothing when the microscope makes no such names. */
export const readImageName = (microscope: string, name: string): ImageName | undefined => {
  const groups = patterns[microscope]?.image.exec(name)?.groups;
  if (groups === undefined) return undefined;
  const { well = '', site = '1', channel = '', t = '1', z = '1' } = groups;
  return {
    well: well.toUpperCase(),
    site: Number(site),
    channel,
    tpoint: Math.max(0, Number(t) - 1),
    zplane: Math.max(0, Number(z) - 1),
  };
};

const isMetadata = (microscope: string, name: string) => patterns[microscope]?.metadata?.test(name) === true;

/** Whether the microscope makes such names. */
export const isKnownName = (microscope: string, name: string): boolean =>
  readImageName(microscope, name) !== undefined || isMetadata(microscope, name);

const longestName = 256;

/** Safe in a file system: without folders and blanks. */
export const safeName = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '').replaceAll(/\s/g, '_').slice(0, longestName);

/** UPLOADING if any is; COMPLETE if all are, and there are any; else WAITING. */
const joint = (states: readonly FileStatus[]): FileStatus => {
  if (states.includes('UPLOADING')) return 'UPLOADING';
  return states.length > 0 && states.every((state) => state === 'COMPLETE') ? 'COMPLETE' : 'WAITING';
};

export const acquisitionStatus = ({ files }: Acquisition): FileStatus => joint(files.map(({ status }) => status));

export const plateStatus = ({ acquisitions }: Plate): FileStatus => joint(acquisitions.map(acquisitionStatus));
