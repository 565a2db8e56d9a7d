/** Query parameters in order, names and values decoded; a name may occur several times. */
export type Query = readonly (readonly [name: string, value: string])[];
