/** Users, roles, groups and the keys that act for users. */
import type { User } from './model.ts';

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Names of what the role allows, such as `canShare`. */
  readonly privileges: readonly string[];
}

export interface Group {
  readonly id: string;
  name: string;
  description: string;
  digest: string;
  readonly memberIds: Set<string>;
  readonly createdAtMillis: number;
  editedAtMillis: number;
  isSystem: boolean;
}

export interface People {
  readonly users: Map<string, User>;
  readonly roles: Map<string, Role>;
  readonly groups: Map<string, Group>;
  /** API key to user id. */
  readonly keys: Map<string, string>;
  nextUserId(): string;
  nextGroupId(): string;
}

const nextOf = (ids: Iterable<string>, from: number) =>
  String([...ids].reduce((most, id) => Math.max(most, Number(id)), from) + 1);

export const createPeople = (keys: Readonly<Record<string, string>>): People => {
  const users = new Map<string, User>();
  const groups = new Map<string, Group>();
  return {
    users,
    groups,
    roles: new Map(),
    keys: new Map(Object.entries(keys)),
    nextUserId: () => nextOf(users.keys(), 100),
    nextGroupId: () => nextOf(groups.keys(), 0),
  };
};
