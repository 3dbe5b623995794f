#!/usr/bin/env bash
# Installs the packed library into a fresh folder, and synthesizes the README's first snippet there as a strict TypeScript app, as
# plain CommonJS and as an ES module.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
tarball="$(ls "$root"/dist/js/*.tgz)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
version() { node -p "require('$root/node_modules/$1/package.json').version"; }

mkdir "$work/app" && cd "$work/app"
echo '{ "name": "consumer", "private": true, "version": "0.0.0" }' > package.json
npm install --no-audit --no-fund --prefer-offline "$tarball" \
  "aws-cdk-lib@$(version aws-cdk-lib)" "constructs@$(version constructs)" \
  "typescript@$(version typescript)" "@types/node@$(version @types/node)" > npm.log 2>&1 || { cat npm.log; exit 1; }

# the first TypeScript block of the README, as it stands
awk '/^```ts/ { if (!done) { on = 1; next } } /^```/ { if (on) { on = 0; done = 1 } } on' "$root/README.md" > app.ts
grep -q 'new CrossRegionDr' app.ts || { echo 'no snippet found in README.md'; exit 1; }
echo 'app.synth();' >> app.ts
npx tsc --strict --module node16 --target es2022 --types node app.ts
CDK_OUTDIR=out-ts node app.js
node -e "
  const fs = require('fs');
  const code = fs.readFileSync('app.ts', 'utf-8');
  const named = /^import \{([^}]*)\} from ('[^']*');/gm;
  const star = /^import \* as (\w+) from ('[^']*');/gm;
  fs.writeFileSync('app-js.js', code.replace(star, 'const \$1 = require(\$2);').replace(named, 'const {\$1} = require(\$2);'));
"
CDK_OUTDIR=out-js node app-js.js
cp app.ts app.mjs # without type annotations, TypeScript is JavaScript
CDK_OUTDIR=out-esm node app.mjs
for dir in out-ts out-js out-esm; do
  ls "$dir"/*.template.json > /dev/null
  diff -rq out-ts "$dir" --exclude=tree.json --exclude=manifest.json --exclude='*.assets.json' --exclude='*.metadata.json' --exclude=validation-report.json
done
echo 'consumers: TypeScript, CommonJS and ES module apps synthesize the same templates'
