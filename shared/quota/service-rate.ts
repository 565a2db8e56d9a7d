/** How fast one instance has been getting units: the basis of the estimated wait of a call that joins its queue. */

const halfLifeMillis = 5_000;
/** How long an instance must have counted before its rate is used. */
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
    /** Records whether calls wait. The rate is valid only while calls wait without a break. */
    watch(isBusy: boolean, nowMillis: number): void {
      if (!isBusy) busySinceMillis = undefined;
      else busySinceMillis ??= nowMillis;
    },
    served(units: number, nowMillis: number): void {
      decay(nowMillis);
      weight += units;
    },
    /** Estimated wait behind `ahead` calls; 0 while there is no rate. */
    waitMillis(ahead: number, nowMillis: number): number {
      if (busySinceMillis === undefined || nowMillis - busySinceMillis < trustedAfterMillis) return 0;
      decay(nowMillis);
      const perMilli = (weight * Math.LN2) / halfLifeMillis;
      return perMilli > 0 ? ahead / perMilli : 0;
    },
  };
};
export type ServiceRate = ReturnType<typeof createServiceRate>;
