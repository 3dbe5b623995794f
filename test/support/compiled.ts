import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { version } from 'typescript/package.json';

const root = path.join(__dirname, '..', '..');
const cache = path.join(root, 'node_modules', '.cache', 'compiled');
const COMPILER = path.join(__dirname, 'compile.js');
const SOURCES = ['src', 'examples'];
const DAY = 24 * 60 * 60 * 1000;

/**
 * The library and its examples as JavaScript, compiled once for all test files: a process that compiles the library for itself takes
 * three times as long. The folder is named after what it was made of, so what changed is compiled anew.
 */
export function compiled(): string {
  const folder = path.join(cache, fingerprint());
  if (!fs.existsSync(folder)) {
    const own = `${folder}-${process.pid}`;
    execFileSync(process.execPath, [COMPILER, root, own, ...SOURCES]);
    for (const beside of [...SOURCES, 'assets']) {
      fs.cpSync(path.join(root, beside), path.join(own, beside), {
        recursive: true,
        filter: (file) => !file.endsWith('.ts'),
      });
    }
    publish(own, folder);
  }
  return folder;
}

/** Another test file may have been first. */
function publish(own: string, folder: string): void {
  try {
    fs.renameSync(own, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) {
      throw error;
    }
    fs.rmSync(own, { recursive: true });
  }
  for (const entry of fs.readdirSync(cache).map((name) => path.join(cache, name))) {
    if (Date.now() - (fs.statSync(entry, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > DAY) {
      fs.rmSync(entry, { recursive: true, force: true });
    }
  }
}

function fingerprint(): string {
  const hash = createHash('sha256').update(version).update(fs.readFileSync(COMPILER));
  for (const file of [...SOURCES, 'assets'].flatMap(filesOf)) {
    hash
      .update(file)
      .update('\0')
      .update(fs.readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 32);
}

function filesOf(folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}
