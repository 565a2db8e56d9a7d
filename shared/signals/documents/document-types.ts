/**
 * The types of documents that a tenant answers, one schema for each (public clients, their recordings and the vendor's OpenAPI
 * files). Members that no source demands may be absent; members that no source names may be there. The OpenAPI document and
 * the tests of the simulator use them; no function does.
 */
import { entityTypes } from './entities.ts';
import { materialTypes } from './materials.ts';
import { peopleTypes } from './people.ts';
import { tableTypes } from './tables.ts';

export const documentTypes = { ...entityTypes, ...tableTypes, ...materialTypes, ...peopleTypes } as const;

export type DocumentType = keyof typeof documentTypes;

/** The type of resource that a document of this type has in `data`. */
export const resourceTypeOf = (type: DocumentType): string => documentTypes[type].shape.type.value;
