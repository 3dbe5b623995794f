// Rewrites the index files that jsii compiled, so that importing the package loads none of it: a module is loaded when one of
// its names is first used, as aws-cdk-lib does it. No option of jsii or tsc emits that.
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(process.argv[2] ?? 'lib');
const EXPORT_STAR = /^__exportStar\(require\("(.+?)"\), exports\);.*$/gm;
const ES_MODULE = 'Object.defineProperty(exports, "__esModule", { value: true });';

const indexes = fs
  .readdirSync(root, { recursive: true })
  .filter((file) => path.basename(file) === 'index.js')
  .map((file) => path.join(root, file));

// names are read before anything is rewritten: an index may export another one
const rewritten = indexes.map((file) => {
  const text = fs.readFileSync(file, 'utf-8');
  return [
    file,
    text.replace(ES_MODULE, `${ES_MODULE}\nvar _noFold;`).replace(EXPORT_STAR, (_, from) =>
      namesOf(path.join(path.dirname(file), from))
        .map((n) => lazy(n, from))
        .join('\n'),
    ),
  ];
});

for (const [file, text] of rewritten) {
  fs.writeFileSync(file, text);
}

function namesOf(module) {
  return Object.keys(require(module));
}

/** The form that Node.js recognises as a named export when an ES module imports it. */
function lazy(name, from) {
  const define = (rest) =>
    `Object.defineProperty(exports, _noFold = "${name}", { enumerable: true, configurable: true, ${rest} });`;
  return [
    `exports.${name} = void 0;`,
    define(`get: () => { const value = require("${from}").${name}; ${define('value')} return value; }`),
  ].join('\n');
}
