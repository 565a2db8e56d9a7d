/** Queries to DynamoDB over one table. */
import {
  type DynamoDBDocumentClient,
  paginateQuery,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';

type Item = Record<string, unknown>;

/** Every item that the query finds, page after page. */
export const queryAll = async (client: DynamoDBDocumentClient, query: QueryCommandInput): Promise<Item[]> => {
  const found: Item[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) found.push(...Items);
  return found;
};

type Slice = { readonly items: readonly Item[]; readonly cursor?: string };

/** Items of one partition in the order of their sort keys. @param behind sort key of the last item before them: the cursor of a slice. */
export const querySlice = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  pk: string,
  limit: number,
  behind?: string,
): Promise<Slice> => {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      ...{ TableName: tableName, ConsistentRead: true, Limit: limit },
      KeyConditionExpression: behind === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :sk',
      ExpressionAttributeValues: { ':pk': pk, ...(behind === undefined ? {} : { ':sk': behind }) },
    }),
  );
  return LastEvaluatedKey ? { items: Items, cursor: String(LastEvaluatedKey.sk) } : { items: Items };
};
