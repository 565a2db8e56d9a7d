/** The rules of the signing check: what an entity must have before it may be signed. A stage has them in its settings. */
import * as z from 'zod';
import { isSingleLine } from '../http/single-line.ts';
import { Eid } from './eid.ts';

const line = (mostLetters: number) => z.string().trim().min(1).max(mostLetters).refine(isSingleLine);
const EntityType = z.string().regex(/^[A-Za-z_]{1,40}$/);

const common = {
  /** Shown on the page, which everybody with its address can open. */
  name: line(80),
  /** The rule is for entities of these types only; absent = of all. */
  types: z.array(EntityType).min(1).max(10).optional(),
  /** The rule is for entities made from these templates only; absent = for all. */
  templates: z.array(Eid).min(1).max(10).optional(),
};

const SigningRule = z.union([
  /** A child of this type and exactly this name, which is not in the trash. */
  z.strictObject({ ...common, needsChild: z.strictObject({ type: EntityType, name: line(200) }) }),
  /** A field of the entity with a value. */
  z.strictObject({ ...common, needsField: line(200) }),
  /** States of the entity in which it may not be signed. */
  z.strictObject({ ...common, forbidsStates: z.array(line(40)).min(1).max(10) }),
]);
export type SigningRule = z.infer<typeof SigningRule>;

export const SigningRules = z.array(SigningRule).max(50);

/** What the rules look at. */
export type EntityFacts = {
  readonly eid: string;
  readonly type: string;
  /** Undefined = the tenant did not say. */
  readonly state: string | undefined;
  /** Eid of the template that it was made from. */
  readonly template: string | undefined;
  /** Names of fields that have a value. */
  readonly filledFields: ReadonlySet<string>;
  /** Those that are not in the trash. */
  readonly children: readonly { readonly type: string; readonly name: string }[];
};

export type RuleResult = { readonly name: string; readonly isMet: boolean; readonly needs: string };

type Subject = Pick<EntityFacts, 'type' | 'template'>;

/** The rules for an entity of this type and template. */
export const rulesFor = (rules: readonly SigningRule[], { type, template }: Subject): readonly SigningRule[] =>
  rules.filter(
    ({ types, templates }) =>
      (types?.includes(type) ?? true) && (!templates || (template !== undefined && templates.includes(template))),
  );

export const needsChildren = (rules: readonly SigningRule[]): boolean => rules.some((rule) => 'needsChild' in rule);

/** A state that the tenant did not say may be a forbidden one. */
const isMet = (rule: SigningRule, { children, filledFields, state }: EntityFacts): boolean => {
  if ('needsField' in rule) return filledFields.has(rule.needsField);
  if ('forbidsStates' in rule) return state !== undefined && !rule.forbidsStates.includes(state);
  const { type, name } = rule.needsChild;
  return children.some((child) => child.type === type && child.name === name);
};

/** From the settings only: the page shows nothing of the entity. */
const needsOf = (rule: SigningRule): string => {
  if ('needsField' in rule) return `The field “${rule.needsField}” needs a value.`;
  if ('forbidsStates' in rule)
    return `The state must be known, and none of these: ${rule.forbidsStates.map((state) => `“${state}”`).join(', ')}.`;
  return `A child named “${rule.needsChild.name}” of the type ${rule.needsChild.type} is needed.`;
};

/** One result for each of these rules, in their order. */
export const judge = (rules: readonly SigningRule[], facts: EntityFacts): readonly RuleResult[] =>
  rules.map((rule) => ({ name: rule.name, isMet: isMet(rule, facts), needs: needsOf(rule) }));
