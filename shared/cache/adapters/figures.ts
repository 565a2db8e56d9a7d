import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { namingFailures } from '../../errors/store-failure.ts';
import type { Figures, FiguresStore } from '../figures.ts';

const keepHours = 24 * 14;
const sortKey = (hourMillis: number): string => `FIGURES#${new Date(hourMillis).toISOString()}`;
const prefix = 'count:';

/** One item per hour beside the tags of the tenant, kept for two weeks. */
export const createDynamoFiguresStore = (
  client: DynamoDBDocumentClient,
  tableName: string,
  tenant: string,
): FiguresStore =>
  namingFailures('CACHE_UNAVAILABLE', {
    async add(hourMillis, figures) {
      const names = Object.keys(figures);
      await client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { pk: `T#${tenant}`, sk: sortKey(hourMillis) },
          UpdateExpression: `ADD ${names.map((_, index) => `#n${index} :v${index}`).join(', ')} SET deleteAtSeconds = :delete`,
          ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#n${index}`, prefix + name])),
          ExpressionAttributeValues: {
            ...Object.fromEntries(names.map((name, index) => [`:v${index}`, figures[name]])),
            ':delete': hourMillis / 1_000 + keepHours * 3_600,
          },
        }),
      );
    },
    async read(sinceMillis) {
      const query = {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': `T#${tenant}`, ':from': sortKey(sinceMillis), ':to': 'FIGURES#~' },
      };
      const { Items = [] } = await client.send(new QueryCommand(query));
      return Items.map((item) => ({
        hourMillis: Date.parse(String(item.sk).slice('FIGURES#'.length)),
        figures: Object.fromEntries(
          Object.entries(item).flatMap(([name, value]) =>
            name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
          ),
        ) as Figures,
      }));
    },
  });

export const createMemoryFiguresStore = (): FiguresStore => {
  const hours = new Map<number, Record<string, number>>();
  return {
    async add(hourMillis, figures) {
      const counts = hours.get(hourMillis) ?? {};
      for (const [name, count] of Object.entries(figures)) counts[name] = (counts[name] ?? 0) + count;
      hours.set(hourMillis, counts);
    },
    async read(sinceMillis) {
      return [...hours]
        .filter(([hourMillis]) => hourMillis >= sinceMillis)
        .toSorted(([a], [b]) => a - b)
        .map(([hourMillis, figures]) => ({ hourMillis, figures: { ...figures } }));
    },
  };
};
