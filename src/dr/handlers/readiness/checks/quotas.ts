import { orAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Check } from '../check';

interface Quota {
  readonly service: string;
  readonly code: string;
  readonly name: string;
  /** What the peak needs, where that is known. */
  readonly needed?: number;
}

interface Answer {
  readonly Quota: { readonly Value: number };
}

/** Quotas hold the peak, and are no lower than in the other Region. */
export const quotas: Check<{ readonly quotas: Quota[] }, number[]> = {
  compares: true,

  read: (aws, { quotas: wanted }) => Promise.all(wanted.map((quota) => appliedValue(aws, quota))),

  judge: ({ quotas: wanted }, here, there) =>
    wanted.flatMap(({ name, needed }, i) => {
      if (needed !== undefined && here[i] < needed) {
        return [`the quota for ${name} is ${here[i]}, and the peak of this system alone needs ${needed}`];
      }
      return there !== undefined && here[i] < there[i]
        ? [`the quota for ${name} is ${here[i]}, and ${there[i]} in the other Region`]
        : [];
    }),
};

/** What was applied to the account, or what every account has: https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html */
async function appliedValue(aws: Aws, { service, code }: Quota): Promise<number> {
  const asked = { ServiceCode: service, QuotaCode: code };
  const answer =
    (await orAbsent(aws<Answer>('service-quotas', 'GetServiceQuota', asked))) ??
    (await aws<Answer>('service-quotas', 'GetAWSDefaultServiceQuota', asked));
  return answer.Quota.Value;
}
