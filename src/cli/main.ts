#!/usr/bin/env node
import { run } from './run';

// a reader that has seen enough (`| head`) is no reason to fail
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
});

// not process.exit(): what is written to a pipe must arrive
process.exitCode = run(process.argv.slice(2), {
  write: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  width: process.stdout.columns,
  showsProgress: Boolean(process.stderr.isTTY),
});
