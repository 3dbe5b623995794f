/** Synthesizes the reference hospital and its hand-written twin in turn, and prints the milliseconds of each pair. */
import { buildHandWrittenHospital } from '../hand-written-hospital';
import { buildReferenceHospital } from '../reference-hospital';
import { synthesize } from './synthesize';

export interface Pair {
  readonly reference: number;
  readonly handWritten: number;
}

const WARM_UP = 5;

/** The order changes from pair to pair, so that neither always pays for the other's garbage. */
function measurePair(index: number): Pair {
  if (index % 2 === 0) {
    const reference = synthesize(buildReferenceHospital);
    return { reference, handWritten: synthesize(buildHandWrittenHospital) };
  }
  const handWritten = synthesize(buildHandWrittenHospital);
  return { reference: synthesize(buildReferenceHospital), handWritten };
}

const count = Number(process.argv[2]);
const pairs = Array.from({ length: WARM_UP + count }, (_, index) => measurePair(index));
process.stdout.write(JSON.stringify(pairs.slice(WARM_UP)));
