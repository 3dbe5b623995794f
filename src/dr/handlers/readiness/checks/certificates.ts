import { orAbsent } from '../absent';
import type { Check } from '../check';

const DAY = 24 * 3600 * 1000;

interface Wanted {
  readonly arns: string[];
  readonly leastDays: number;
}

interface CertificateState {
  readonly name: string;
  readonly status: string;
  /** When it expires, in milliseconds. */
  readonly expires?: number;
}

interface Answer {
  readonly Certificate: {
    readonly DomainName?: string;
    readonly Status: string;
    readonly NotAfter?: Date;
  };
}

/** Certificates are issued, and are renewed in time. */
export const certificates: Check<Wanted, CertificateState[]> = {
  compares: false, // each Region has certificates of its own

  read: (aws, { arns }) =>
    Promise.all(
      arns.map(async (CertificateArn) => {
        const answer = await orAbsent(aws<Answer>('acm', 'DescribeCertificate', { CertificateArn }));
        const { DomainName, Status, NotAfter }: Answer['Certificate'] = answer?.Certificate ?? { Status: 'missing' };
        return {
          name: DomainName ?? CertificateArn,
          status: Status,
          expires: NotAfter?.getTime(),
        };
      }),
    ),

  judge: ({ leastDays }, here, _there, { now }) =>
    here.flatMap(({ name, status, expires }) => {
      if (status !== 'ISSUED') {
        return [`the certificate for ${name} is ${status}`];
      }
      const days = Math.floor(((expires ?? 0) - now) / DAY);
      return days >= leastDays ? [] : [`the certificate for ${name} expires in ${days} days, and was not renewed`];
    }),
};
