/** The result as a text that a person can sign, or as JSON. */
import type { Fault } from './fault.ts';
import type { Outcome } from './verify.ts';

export type Result = Outcome & {
  readonly version: string;
  readonly subject: string;
  readonly checkedAt: string;
  readonly isBucket: boolean;
  /** Whether the inspector named the public key. */
  readonly isPinned: boolean;
  readonly catalogue: string | undefined;
  readonly faults: readonly Fault[];
};

/** Names come from the archive, which may be hostile: no control character reaches a terminal. */
const printable = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

const faultLine = ({ code, subject, detail }: Fault): string => printable(`fault ${code} ${subject}: ${detail}`);

const auditLines = ({ segments, records, lastNumber, newestHead, unsealed }: Result['auditLog']): string[] =>
  segments === 0 && !newestHead
    ? ['audit log        none in this archive']
    : [
        `audit log        ${segments} segments, last number ${lastNumber}, with ${records} records; each read whole`,
        `                 ${newestHead ? `newest head: number ${newestHead.number}, signed at ${newestHead.signedAt}, key ${printable(newestHead.keyId)}` : 'no head'}; not sealed yet: ${unsealed}`,
      ];

const checked = (isBucket: boolean): string => (isBucket ? 'checked' : 'not checked (only with --bucket)');

export const textReport = (result: Result): string => {
  const { newestHead, fingerprints, faults, unsealed } = result;
  const key = fingerprints.length === 0 ? 'none' : fingerprints.map((each) => `SHA256:${each}`).join(', ');
  const pin = result.isPinned
    ? 'named by the inspector'
    : 'TAKEN FROM THE ARCHIVE: compare the fingerprint with one from another source';
  return [
    ...faults.map(faultLine),
    '',
    'REPORT ON AN ARCHIVE OF SIGNALS NOTEBOOK EXPERIMENTS',
    `archive          ${printable(result.subject)}`,
    `checked at       ${result.checkedAt} by archive-verify ${result.version}`,
    `manifests        ${result.manifests}, last number ${result.lastNumber}; each PDF read whole, ${result.documentBytes} bytes stated`,
    `newest head      ${newestHead ? `number ${newestHead.number}, signed at ${newestHead.signedAt}, key ${printable(newestHead.keyId)}` : 'none'}`,
    `not sealed yet   ${unsealed} manifests`,
    ...auditLines(result.auditLog),
    `public key       ${key}`,
    `                 ${pin}`,
    `locks            ${checked(result.isBucket)}`,
    `delete markers   ${checked(result.isBucket)}`,
    `catalogue        ${result.catalogue === undefined ? 'not checked (no --catalogue)' : `compared with ${printable(result.catalogue)}`}`,
    `result           ${faults.length === 0 ? 'WHOLE' : `${faults.length} FAULTS, listed above`}`,
    '',
    'name ______________________  date ______________  signature ______________________',
  ].join('\n');
};

export const jsonReport = (result: Result): string => {
  const notChecked = [
    ...(result.isBucket ? [] : ['locks', 'deleteMarkers']),
    ...(result.catalogue ? [] : ['catalogue']),
  ];
  const { newestHead, auditLog, ...members } = result;
  return JSON.stringify({
    isWhole: result.faults.length === 0,
    ...members,
    newestHead: newestHead ?? null,
    auditLog: { ...auditLog, newestHead: auditLog.newestHead ?? null },
    notChecked,
  });
};
