/** Searches everything that a twin wrote for secrets that no log and no table may contain. */
import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';

/** The forms of facade keys, JWTs and bearer headers. */
const shapes: Readonly<Record<string, RegExp>> = {
  'a facade key': /sfk_[A-Za-z0-9_-]{20,}/,
  'a JWT': /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/,
  'a bearer header': /\bBearer [A-Za-z0-9._~+/-]{8,}/,
};

const encodings = ['utf8', 'base64', 'base64url', 'hex'] as const;

type Wanted = { readonly name: string; readonly part: string };

/** What a text contains that has one of the secrets in it, plain or encoded. */
const wantedOf = (secrets: readonly string[]): readonly Wanted[] =>
  secrets.flatMap((secret, index) =>
    encodings.map((encoding) => {
      // The last characters of an encoding depend on what follows the secret.
      const encoded = Buffer.from(secret).toString(encoding).replace(/=+$/, '');
      const part = encoding.startsWith('base64') ? encoded.slice(0, -2) : encoded;
      return { name: `secret ${index} as ${encoding}`, part };
    }),
  );

const findIn = (text: string, wanted: readonly Wanted[]): readonly string[] => [
  ...Object.entries(shapes).flatMap(([name, shape]) => (shape.test(text) ? [name] : [])),
  ...wanted.flatMap(({ name, part }) => (text.includes(part) ? [name] : [])),
];

/** The names of `secrets` (plain or encoded) and of known forms that a text contains. It does not show the secrets. */
export const secretsIn = (text: string, secrets: readonly string[]): readonly string[] =>
  findIn(text, wantedOf(secrets));

/** All items of all tables, one text each, bytes as base64 and as they are. */
const dumpTables = async (dynamoDbUrl: string): Promise<readonly string[]> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint: dynamoDbUrl, credentials });
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const items: string[] = [];
  for (const TableName of TableNames) {
    let ExclusiveStartKey: Record<string, never> | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }));
      for (const item of page.Items ?? []) {
        items.push(
          `${TableName} ${JSON.stringify(item, (_name, value: unknown) =>
            value instanceof Uint8Array
              ? `${Buffer.from(value).toString('base64')} ${Buffer.from(value).toString('latin1')}`
              : value,
          )}`,
        );
      }
      ExclusiveStartKey = page.LastEvaluatedKey as Record<string, never> | undefined;
    } while (ExclusiveStartKey);
  }
  client.destroy();
  return items;
};

/** @throws Error naming each place where a secret was found. */
export const expectNoSecrets = async (
  log: readonly string[],
  dynamoDbUrl: string,
  secrets: readonly string[],
): Promise<void> => {
  const texts = [...log.map((line) => `log ${line}`), ...(await dumpTables(dynamoDbUrl))];
  const wanted = wantedOf(secrets);
  // All at once, which is far quicker: no secret has a line break in it. One after the other only to say where it is.
  if (findIn(texts.join('\n'), wanted).length === 0) return;
  const found = texts.flatMap((text) => findIn(text, wanted).map((what) => `${what} in ${text.slice(0, 120)}`));
  throw new Error(`Secrets were written:\n${found.slice(0, 20).join('\n')}`);
};
