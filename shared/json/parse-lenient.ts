/** A value as it is, or what the JSON of a text says: for settings, which may come as a list or as text. What is no JSON is left for a schema to refuse. */
export const parseLenient = (value: unknown): unknown => {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    return value;
  }
};
