/** Who may do what with linked tokens: using one, keeping them alive, and linking them are three things. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { credentialContext, tableAttributes, variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { FacadeTable } from '../constructs/table.ts';

/** What use leaves in the record of a token: its state and times. Neither secret, person nor owner is in here. */
const traces = [
  'version',
  'state',
  'lastUsedAtMillis',
  'warnedAtMillis',
  'claimedUntilMillis',
  'doubtedAtMillis',
  'retryAtMillis',
];
/** What burying a token changes besides; IAM cannot tell removing the secret from overwriting it. */
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

  /** Notes how a token fared. */
  grantTraces(fn: FacadeFunction): void {
    this.#grantNoting(fn, traces);
  }

  /** Notes a link that it hands out with a refusal; no token is ever put by it. */
  grantTickets(fn: FacadeFunction): void {
    const conditions = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ONCE#*'] } };
    this.#table.grantUnder(fn, ['dynamodb:PutItem'], conditions);
  }

  /** Gives dead tokens up, and removes tokens. */
  grantUpkeep(fn: FacadeFunction): void {
    this.#grantNoting(fn, [...traces, ...burials]);
    this.#table.grantUnder(fn, ['dynamodb:DeleteItem'], { 'ForAllValues:StringLike': allTokens });
  }

  /** Makes tokens, and the records of logins that are under way. */
  grantLinking(fn: FacadeFunction): void {
    this.#table.grantReadWrite(fn, variables.tokensTable);
    this.#grantSealing(fn, ['kms:Decrypt', 'kms:GenerateDataKey'], linkingRecords);
  }

  /** Changes these attributes of tokens, and sees nothing by it. */
  #grantNoting(fn: FacadeFunction, attributes: readonly string[]): void {
    this.#table.grantUnder(fn, ['dynamodb:UpdateItem'], {
      'ForAllValues:StringLike': allTokens,
      'ForAllValues:StringEquals': {
        'dynamodb:Attributes': [tableAttributes.partitionKey, tableAttributes.sortKey, ...attributes],
      },
      StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
    });
  }

  /** KMS for secrets of these records and nothing else that this key encrypts: no key of the facade's own among them. */
  #grantSealing(fn: FacadeFunction, actions: string[], records: readonly string[]): void {
    const conditions = {
      StringEquals: { [`kms:EncryptionContext:${credentialContext.name}`]: credentialContext.purpose },
      StringLike: { 'kms:EncryptionContext:record': records },
    };
    fn.allow(new PolicyStatement({ actions, resources: [this.#key.keyArn], conditions }));
  }
}
