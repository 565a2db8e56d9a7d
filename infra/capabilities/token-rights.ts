/** Who may do what with linked tokens: using one, keeping them alive, and linking them are three things. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { credentialContext, tableAttributes, variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { FacadeTable } from '../constructs/table.ts';

/** Attributes that the use of a token changes: its state and times. Secret, person and owner are not among them. */
const traces = [
  'version',
  'state',
  'lastUsedAtMillis',
  'warnedAtMillis',
  'claimedUntilMillis',
  'doubtedAtMillis',
  'retryAtMillis',
];
/** Attributes that change in addition when a token is given up. IAM cannot distinguish removing the secret from overwriting it. */
const burials = ['sealed', 'diedAtMillis', 'toldAtMillis'];

/** The records for which secrets are sealed (shared/tokens/token.ts, shared/tokens/links.ts). */
const tokenRecords = ['*/user/*'];
const linkingRecords = [...tokenRecords, 'oauth-verifier/*'];

const allTokens = { 'dynamodb:LeadingKeys': ['TOKENS#*'] };

export class TokenRights {
  readonly #table: FacadeTable;
  readonly #key: Key;

  /** @param key seals the tokens. */
  constructor(table: FacadeTable, key: Key) {
    this.#table = table;
    this.#key = key;
  }

  /** Reads and opens tokens. */
  grantReading(fn: FacadeFunction): void {
    this.#table.grantRead(fn, variables.tokensTable);
    this.#grantSealing(fn, ['kms:Decrypt'], tokenRecords);
    this.#table.grantKey(fn, 'writeItems');
    fn.setVariable(variables.credentialsKey, this.#key.keyArn);
  }

  /** Records the state of a token after use. */
  grantTraces(fn: FacadeFunction): void {
    this.#grantNoting(fn, traces);
  }

  /** Stores a link that a refusal contains. It cannot store tokens. */
  grantTickets(fn: FacadeFunction): void {
    const conditions = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ONCE#*'] } };
    this.#table.grantUnder(fn, ['dynamodb:PutItem'], conditions);
  }

  /** Gives dead tokens up, and removes tokens. */
  grantUpkeep(fn: FacadeFunction): void {
    this.#grantNoting(fn, [...traces, ...burials]);
    this.#table.grantUnder(fn, ['dynamodb:DeleteItem'], { 'ForAllValues:StringLike': allTokens });
  }

  /** Creates tokens, and the records of open logins. */
  grantLinking(fn: FacadeFunction): void {
    this.#table.grantReadWrite(fn, variables.tokensTable);
    this.#grantSealing(fn, ['kms:Decrypt', 'kms:GenerateDataKey'], linkingRecords);
  }

  /** Changes these attributes of tokens and returns no data. */
  #grantNoting(fn: FacadeFunction, attributes: readonly string[]): void {
    this.#table.grantUnder(fn, ['dynamodb:UpdateItem'], {
      'ForAllValues:StringLike': allTokens,
      'ForAllValues:StringEquals': {
        'dynamodb:Attributes': [tableAttributes.partitionKey, tableAttributes.sortKey, ...attributes],
      },
      StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
    });
  }

  /** KMS for the secrets of these records only, not for the facade's own keys that the same KMS key encrypts. */
  #grantSealing(fn: FacadeFunction, actions: string[], records: readonly string[]): void {
    const conditions = {
      StringEquals: { [`kms:EncryptionContext:${credentialContext.name}`]: credentialContext.purpose },
      StringLike: { 'kms:EncryptionContext:record': records },
    };
    fn.allow(new PolicyStatement({ actions, resources: [this.#key.keyArn], conditions }));
  }
}
