/**
 * Which tests show what the product does for each point of 21 CFR 11.10 that the archive and the audit log touch. Add a statement here with
 * its tests; `npm run validation -- --trace` writes docs/validation/trace.md anew.
 */

/** A test by its file and its own title, without those of its groups. */
export type TracedTest = readonly [file: string, title: string];
export type Statement = {
  /** What the product does, in one sentence. */
  readonly does: string;
  /** At least one. */
  readonly tests: readonly TracedTest[];
};
export type Requirement = {
  /** The point of 21 CFR 11.10. */
  readonly point: string;
  /** Its text, as the Code of Federal Regulations has it. */
  readonly text: string;
  readonly statements: readonly Statement[];
  /** What the organisation that uses the product must do itself. */
  readonly left: string;
};

const orders = 'test/shared/archive/orders.test.ts';
const folder = 'packages/archive-verify/test/folder.test.ts';
const bucket = 'packages/archive-verify/test/bucket.test.ts';
const auditLog = 'packages/archive-verify/test/audit-log.test.ts';
const seal = 'test/shared/audit-chain/seal-audit-log.test.ts';
const stackOfArchive = 'test/infra/archive.test.ts';
const stackOfAudit = 'test/infra/audit.test.ts';
const verification = 'test/shared/archive/verification.test.ts';
const holds = 'test/shared/archive/holds.test.ts';
const audit = 'test/shared/audit/audit.test.ts';
const unrecorded = 'test/shared/audit/unrecorded-writes.test.ts';
const auditE2e = 'test/e2e/audit.test.ts';
const exportsE2e = 'test/e2e/exports.test.ts';
const consumersE2e = 'test/e2e/consumers.test.ts';
const archiveRoutes = 'test/functions/edge/archive-routes.test.ts';

export const requirements: readonly Requirement[] = [
  {
    point: '11.10(a)',
    text: 'Validation of systems to ensure accuracy, reliability, consistent intended performance, and the ability to discern invalid or altered records.',
    statements: [
      {
        does: 'A closed experiment leads to exactly one PDF of that version, whatever fails or is repeated.',
        tests: [
          [orders, 'archives the version of a closed experiment, with its manifest and place in the chain'],
          [
            orders,
            'makes one object although the closing is told of twice, by other notifications and at the same time',
          ],
          [orders, 'after a death at any point there is one document, one manifest and a whole chain'],
          [
            'test/e2e/archive/archive.ts',
            'a closing leads to a PDF in the archive, and the folder of the archive is found whole',
          ],
        ],
      },
      {
        does: 'An altered PDF, manifest or head is named, and so is one that was removed, reordered, forged or added.',
        tests: [
          [folder, 'any changed byte of any object'],
          [folder, 'a PDF cut, lengthened, swapped or removed'],
          [folder, 'a removed manifest, in the middle and at the start'],
          [folder, 'manifests that changed places'],
          [folder, 'a forged manifest with a PDF that fits it, even when the rest of the chain is made anew'],
          [folder, 'a cut tail, and one that is cut to nothing'],
          [folder, 'a second chain beside the first'],
          [bucket, 'shows a delete marker, and still finds what it hides'],
          [bucket, 'shows a version written over the archived one, and checks the archived one'],
        ],
      },
      {
        does: 'An altered audit record is named, and so is one that was removed, reordered, forged or added.',
        tests: [
          [auditLog, 'any changed byte of any object'],
          [auditLog, 'a record that was changed, removed, added or moved to another line'],
          [auditLog, 'a segment that was removed, in the middle and at the start'],
          [auditLog, 'segments that changed places'],
          [auditLog, 'a forged segment, even when the rest of the chain is made anew'],
          [auditLog, 'a cut tail, one that is cut to nothing, and segments after the newest head'],
          [seal, 'names records that were changed or removed after they were sealed, and seals what is there now'],
        ],
      },
      {
        does: 'The facade verifies the archive each day, reads every PDF within the days of the stage, and lists each fault with its experiment.',
        tests: [
          [verification, 'finds an archive whole in one run, and in runs of one portion each'],
          [verification, 'lists a thousand faults of an archive that was destroyed, and no more'],
          [verification, 'reads every PDF once in its days, and then says since when all were read'],
          [verification, 'names the same faults after a death at any point'],
        ],
      },
      {
        does: 'Each audit record comes into the chain once, whatever fails, comes late or happens at the same time.',
        tests: [
          [seal, 'after a death at any point, each record is in the chain once, and the chain is whole'],
          [seal, 'runs at the same time, deaths and late records leave each record in the chain once'],
          [seal, 'finds within a day what was written hours or days after its begin, and counts it'],
        ],
      },
    ],
    left: 'Validation in your environment: what you use the product for, acceptance criteria, installation and acceptance tests against your tenant, and their approval. The tests here run against a simulated tenant and an emulation of AWS; `npm run smoke` looks at a deployed stage. Whether the PDF that the tenant prints shows the record accurately is a question to the vendor and to your own comparison.',
  },
  {
    point: '11.10(b)',
    text: 'The ability to generate accurate and complete copies of records in both human readable and electronic form suitable for inspection, review, and copying by the agency.',
    statements: [
      {
        does: 'Each archived version is a PDF with attachments, comments and history, checked against the version before it is stored.',
        tests: [
          [orders, 'takes no PDF that was made before the closing, although the digest is the same'],
          [orders, 'looks again when the experiment was changed during its export and is closed still'],
          [exportsE2e, 'is made, and is given whole, in ranges and by a URL'],
        ],
      },
      {
        does: 'The archive can be copied to a folder, and the copy can be checked offline, with a report that a person can sign.',
        tests: [
          [folder, 'is whole, and the report says what was checked and leaves room to sign'],
          [folder, 'of many documents verifies in one pass, with progress, and little memory'],
          [
            'test/e2e/archive/archive.ts',
            'a closing leads to a PDF in the archive, and the folder of the archive is found whole',
          ],
        ],
      },
      {
        does: 'Audit records can be copied as lines of JSON, each as it is stored, and read through the API by time, consumer and entity.',
        tests: [
          [auditLog, 'is whole, and the report counts its segments and records'],
          ['test/contracts/audit-chain.test.ts', 'has one line for whatever an item holds, with numbers as they are'],
          [auditE2e, 'tells of a write by time, by consumer and by the entity that it made, with its request id'],
        ],
      },
    ],
    left: 'The PDF is a static copy of what the tenant prints. It is no PDF/A, it is not converted, and what is interactive in the tenant is not in it. Decide for which records a static copy is enough, and keep others in the tenant. Procedures for inspections are yours.',
  },
  {
    point: '11.10(c)',
    text: 'Protection of records to enable their accurate and ready retrieval throughout the records retention period.',
    statements: [
      {
        does: 'Archived objects are versioned, encrypted and under Object Lock for the years of the stage. Nobody in the account may delete or overwrite them, or shorten a lock.',
        tests: [
          [
            stackOfArchive,
            'is versioned, private, encrypted by a key of its own, and locked for the years of the stage',
          ],
          [
            stackOfArchive,
            'refuses deletes, the bypass of governance, short locks and writes over an object, to everybody',
          ],
          [stackOfArchive, 'expires nothing, drops uploads that were left, and logs accesses into another bucket'],
          [bucket, 'shows a shortened lock'],
          [bucket, 'shows a lock that is gone from a manifest or a head'],
        ],
      },
      {
        does: 'A legal hold keeps every version of an experiment, later ones too, until somebody with the right releases it.',
        tests: [
          [holds, 'is set on PDF and manifest of every archived version, and lifted with the last hold'],
          [
            holds,
            'is on versions that are archived later as soon as they are listed, although nobody may lift it there',
          ],
          [holds, 'is as its record says in the end, whoever is killed at any point'],
          [holds, 'names a hold that is written down and not on the object, once it was set'],
        ],
      },
      {
        does: 'The keys that encrypt and sign cannot be deleted or disabled but by a role for emergencies.',
        tests: [
          [
            stackOfArchive,
            'are deleted and disabled by the role for emergencies alone, and only it and a deployment change their policies',
          ],
        ],
      },
      {
        does: 'Segments of the audit log are under the same lock, and its head is signed each day.',
        tests: [
          [seal, 'puts every record into a segment under lock, in the order of time, and signs the head'],
          [seal, 'signs once a day, although nothing was written'],
        ],
      },
    ],
    left: 'The number of years (`archiveLockYears`), the mode (`archiveLockMode`) and a copy in another region or account (`archiveReplica`) are your decision, and so are tests of a restore. What happens when the lock ends, and a hold beyond it, needs a procedure. Who may change the bucket policy and the key policy must be limited and watched.',
  },
  {
    point: '11.10(d)',
    text: 'Limiting system access to authorized individuals.',
    statements: [
      {
        does: 'A consumer needs a scope for the archive and another for the audit log by its name; a general scope gives neither.',
        tests: [
          [auditE2e, 'is read by those alone whose scope names it'],
          [exportsE2e, 'needs a scope that * does not cover'],
        ],
      },
      {
        does: 'A call that acts as a person gets only what the tenant shows this person now.',
        tests: [
          [archiveRoutes, 'a person gets only the entries of experiments that the tenant shows this person'],
          [archiveRoutes, 'a person gets nothing while the tenant does not say what this person may read'],
        ],
      },
      {
        does: 'Suspended and removed consumers and revoked keys open nothing.',
        tests: [
          [consumersE2e, 'are refused while they are suspended, and when they are removed'],
          [consumersE2e, 'move from one key to the next without a refused call, and a revoked key opens nothing'],
        ],
      },
      {
        does: 'Each function has the rights that it needs: none may change or delete audit records or archived objects.',
        tests: [
          [stackOfAudit, 'can be added to and queried, by different functions; nobody may change, delete or scan'],
          [stackOfArchive, 'no function may delete an object of the archive, and the routes may only read'],
          [stackOfArchive, 'what seals the audit log may touch its own objects and its own items only'],
        ],
      },
    ],
    left: 'Who gets a key and which scopes, how identities are checked, training, and the regular review of access are procedures of yours. A consumer that acts as the service account sees the whole archive: the application behind it must limit its own users. Access to the AWS account is yours to limit.',
  },
  {
    point: '11.10(e)',
    text: 'Use of secure, computer-generated, time-stamped audit trails to independently record the date and time of operator entries and actions that create, modify, or delete electronic records. Record changes shall not obscure previously recorded information. Such audit trail documentation shall be retained for a period at least as long as that required for the subject electronic records and shall be available for agency review and copying.',
    statements: [
      {
        does: 'Every write through the product is recorded before it is sent and again when it is answered: who, as whom, what, on which entity, when, and with which outcome.',
        tests: [
          [
            audit,
            'records who, as whom, what, on which entity and what came of it: intent before the call, outcome after',
          ],
          [unrecorded, 'refuses a write that cannot be recorded: nothing is sent'],
          [
            auditE2e,
            'has every one of many concurrent writes once, along its pages, and not a word of what they wrote',
          ],
          [auditE2e, 'reads an answer that was lost as unknown'],
        ],
      },
      {
        does: 'Acts of administrators and commands of operators are recorded with old and new values.',
        tests: [
          [
            'test/shared/audit/admin-acts.test.ts',
            'records what was asked before it begins, and what was changed once it has ended',
          ],
          [auditE2e, 'tells what an act changed, old and new, and what an operator put in'],
          [
            'test/local/operator/provision.test.ts',
            'leaves an entry in the audit log for each command: who, what, old and new values, and no secret',
          ],
          ['test/local/operator/provision.test.ts', 'changes nothing that cannot be recorded'],
        ],
      },
      {
        does: 'Records are added and never changed. A new version of a closed experiment is stored beside the earlier one.',
        tests: [
          [stackOfAudit, 'can be added to and queried, by different functions; nobody may change, delete or scan'],
          [orders, 'archives a new version when the experiment was reopened and closed again'],
        ],
      },
      {
        does: 'Records are kept ten years by default, and their sealed copies as long as the archive is locked.',
        tests: [
          [stackOfAudit, 'is kept for ten years and refuses what it cannot record, unless a stage says otherwise'],
          [seal, 'puts every record into a segment under lock, in the order of time, and signs the head'],
        ],
      },
    ],
    left: 'The log records what goes through the product. Changes that people make in the tenant itself are in the audit trail of the tenant, and so are old and new values of an experiment. The review of audit trails, and the choice of years (`auditRetentionDays`, `archiveLockYears`), are procedures of yours. Clocks are those of AWS; a command of an operator has the clock of its machine.',
  },
  {
    point: '11.10(k)',
    text: 'Use of appropriate controls over systems documentation including: (1) Adequate controls over the distribution of, access to, and use of documentation for system operation and maintenance. (2) Revision and change control procedures to maintain an audit trail that documents time-sequenced development and modification of systems documentation.',
    statements: [
      {
        does: 'Documents are kept with the code, under version control. Tests fail when a document no longer says what the code does.',
        tests: [
          [
            'test/docs/errors.test.ts',
            'has one row for each code of the catalogue, with its status, title and whether a retry helps',
          ],
          ['test/docs/overview.test.ts', 'names the file of every alarm of the runbook'],
          [
            'test/infra/alarm-metrics.test.ts',
            'is explained in docs/metrics.md, a row each with its unit and dimensions',
          ],
          ['test/docs/documents.test.ts', 'have no snippet with curl that no test runs'],
        ],
      },
      {
        does: 'The parts of each release are listed, and this trace names only tests that exist.',
        tests: [
          [
            'test/docs/sbom.test.ts',
            'writes a CycloneDX document of exactly the packages of the lock file, without the network',
          ],
          ['test/docs/validation.test.ts', 'is what docs/validation/trace.md says'],
        ],
      },
    ],
    left: 'Which version is approved for use, who may change it, review of changes, and the distribution of documents to the people who need them are procedures of yours. Documents that you write yourself, such as work instructions, are not in this repository.',
  },
];
