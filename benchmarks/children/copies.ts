/** Synthesizes one app with many systems, and prints what it took. One security baseline, as one account has. */
import { buildReferenceHospital, buildReferenceSecurity, buildReferenceSystem } from '../reference-hospital';
import { synthesize } from './synthesize';

export interface CopiesFigures {
  /** Milliseconds of the whole app. */
  readonly milliseconds: number;
  /** The most memory the process held, in megabytes. */
  readonly megabytes: number;
}

const systems = Number(process.argv[2]);
synthesize(buildReferenceHospital); // load and compile what all systems share

const milliseconds = synthesize((app) => {
  buildReferenceSecurity(app);
  for (let copy = 1; copy <= systems; copy++) {
    buildReferenceSystem(app, copy === 1 ? '' : `-${copy}`);
  }
});
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ milliseconds, megabytes }));
