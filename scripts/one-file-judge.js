// Puts the judge that jsii compiled, hundreds of small files, into one: to find and read them one by one takes longer than to judge
// most templates. Every module stays a function of its own that runs when it is first asked for, so what is lazy stays lazy.
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(process.argv[2] ?? 'lib');
const folder = path.join(root, 'assessment');
const ONE_FILE = 'one-file.js';
/** What the rest of the package asks for. */
const DOORS = ['judge.js', 'violations.js'];
/** The public face stays as it is: it loads nothing before it is used. */
const FACE = ['index.js', 'resilience-check.js', 'resilience-checks.js'];
/** What would mean something else in one file. */
const OF_A_FILE = /\b(module\.exports|__dirname|__filename|require\.\w+)\b|\bimport\(|\brequire\((?!(['"])[^'"]*\2\))/;
const REQUIRE = /\brequire\((['"])(\.[^'"]*)\1\)/g;

const files = fs
  .readdirSync(folder, { recursive: true })
  .filter((file) => file.endsWith('.js') && !FACE.includes(file) && file !== ONE_FILE);

if (files.length === DOORS.length) {
  throw new Error(`${folder} is in one file already: compile again first`);
}

const modules = files.map((file) => `${JSON.stringify(idOf(file))}: (function (exports, require) {${bodyOf(file)}\n})`);

fs.writeFileSync(
  path.join(folder, ONE_FILE),
  `"use strict";
const modules = {
${modules.join(',\n')}
};
const loaded = new Map();
const here = (id) => {
  let exports = loaded.get(id);
  if (!exports) {
    exports = {};
    loaded.set(id, exports);
    modules[id](exports, (other) => (Object.hasOwn(modules, other) ? here(other) : require(other)));
  }
  return exports;
};
module.exports = here;
`,
);

for (const file of files) {
  if (DOORS.includes(file)) {
    fs.writeFileSync(path.join(folder, file), `module.exports = require("./${ONE_FILE}")("${idOf(file)}");\n`);
  } else {
    fs.rmSync(path.join(folder, file));
  }
}

/** A module by its place below the folder, `model/value`. */
function idOf(file) {
  return file.replace(/\.js$/, '').split(path.sep).join('/');
}

/** The code of a module; it asks for the others by their ids. What is outside of the folder is asked for as before. */
function bodyOf(file) {
  const text = fs.readFileSync(path.join(folder, file), 'utf-8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
  const [own] = OF_A_FILE.exec(text) ?? [];
  if (own) {
    throw new Error(`${file} has ${own}, which is another in one file`);
  }
  return text.replace(
    REQUIRE,
    (_, _quote, from) => `require(${JSON.stringify(targetOf(path.join(path.dirname(file), from)))})`,
  );
}

function targetOf(target) {
  const found = [`${target}.js`, path.join(target, 'index.js')].find((file) => files.includes(file));
  return found ? idOf(found) : `./${target.split(path.sep).join('/')}`;
}
