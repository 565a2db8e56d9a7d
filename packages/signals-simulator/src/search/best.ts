/** The first few of many in an order, without sorting the many. */
export type Compare<T> = (a: T, b: T) => number;

const swap = <T>(items: T[], a: number, b: number) => {
  const kept = items[a] as T;
  items[a] = items[b] as T;
  items[b] = kept;
};

/** Puts the median of first, middle and last in the middle, so that sorted input is not the worst case. */
const pivotOf = <T>(items: T[], from: number, to: number, compare: Compare<T>): T => {
  const middle = (from + to) >> 1;
  if (compare(items[middle] as T, items[from] as T) < 0) swap(items, middle, from);
  if (compare(items[to] as T, items[from] as T) < 0) swap(items, to, from);
  if (compare(items[to] as T, items[middle] as T) < 0) swap(items, to, middle);
  return items[middle] as T;
};

/** Moves the first `count` to the front, in any order (Hoare's selection). */
const select = <T>(items: T[], count: number, compare: Compare<T>): void => {
  let from = 0;
  let to = items.length - 1;
  while (from < to) {
    const pivot = pivotOf(items, from, to, compare);
    let left = from;
    let right = to;
    while (left <= right) {
      while (compare(items[left] as T, pivot) < 0) left += 1;
      while (compare(items[right] as T, pivot) > 0) right -= 1;
      if (left > right) break;
      swap(items, left, right);
      left += 1;
      right -= 1;
    }
    if (count - 1 <= right) to = right;
    else if (count - 1 >= left) from = left;
    else return;
  }
};

/** The first `count` of the items in order; the given list loses its order. */
export const firstOf = <T>(items: T[], count: number, compare: Compare<T>): T[] => {
  if (count < items.length) select(items, count, compare);
  return items.slice(0, count).sort(compare);
};
