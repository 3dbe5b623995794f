/** Imports aws-cdk-lib, then what it is given, in a process that has loaded nothing else, and prints what that took. */
import { processorTime } from '../statistics';

export interface ImportFigures {
  /** Milliseconds for aws-cdk-lib alone. */
  readonly cdk: number;
  /** Milliseconds that the package adds. */
  readonly added: number;
  /** Files that the package adds. */
  readonly files: number;
  /** Submodules of aws-cdk-lib of which more than the index was loaded. */
  readonly submodules: string[];
}

function measure(packagePath: string): ImportFigures {
  const start = processorTime();
  require('aws-cdk-lib');
  const cdk = processorTime();
  const before = Object.keys(require.cache).length;
  require(packagePath);
  const end = processorTime();
  const files = Object.keys(require.cache);
  const submodules = files.flatMap((file) => /aws-cdk-lib\/([^/]+)\/lib\/(?!index\.js)/.exec(file)?.[1] ?? []);
  return {
    cdk: cdk - start,
    added: end - cdk,
    files: files.length - before,
    submodules: [...new Set(submodules)].sort(),
  };
}

process.stdout.write(JSON.stringify(measure(process.argv[2])));
