/** How fast one instance has been getting units: what a call that joins its queue may hope for. */

const halfLifeMillis = 5_000;
/** Before it has watched for so long, a rate is a guess. */
const trustedAfterMillis = 6_000;

export const createServiceRate = () => {
  let weight = 0;
  let lastMillis = 0;
  let busySinceMillis: number | undefined;

  const decay = (nowMillis: number) => {
    weight *= 0.5 ** ((nowMillis - lastMillis) / halfLifeMillis);
    lastMillis = nowMillis;
  };
  return {
    /** Tells whether calls wait; the rate means something only while they do without a break. */
    watch(isBusy: boolean, nowMillis: number): void {
      if (!isBusy) busySinceMillis = undefined;
      else busySinceMillis ??= nowMillis;
    },
    served(units: number, nowMillis: number): void {
      decay(nowMillis);
      weight += units;
    },
    /** Likely wait behind `ahead` calls; 0 while there is nothing to go by. */
    waitMillis(ahead: number, nowMillis: number): number {
      if (busySinceMillis === undefined || nowMillis - busySinceMillis < trustedAfterMillis) return 0;
      decay(nowMillis);
      const perMilli = (weight * Math.LN2) / halfLifeMillis;
      return perMilli > 0 ? ahead / perMilli : 0;
    },
  };
};
export type ServiceRate = ReturnType<typeof createServiceRate>;
