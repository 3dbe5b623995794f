#!/usr/bin/env bash
# Type-checks and tests against the newest aws-cdk-lib of the supported range, in a copy, without touching this folder.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$root"
cp -r .projenrc.ts cdk.json package.json package-lock.json tsconfig.json *.md assets src test examples integ benchmarks scripts "$work"
cp -r --reflink=auto node_modules "$work/node_modules"
cd "$work"
rm -rf node_modules/aws-cdk-lib node_modules/constructs
npm install --no-save --no-audit --no-fund --legacy-peer-deps aws-cdk-lib@^2 constructs@^10 > npm.log 2>&1 || { cat npm.log; exit 1; }
echo "aws-cdk-lib $(node -p "require('aws-cdk-lib/package.json').version")"
npx --no -- tsc --noEmit -p test/tsconfig.json
# what no version can change is left out: the judge on templates that its tests write, its command, and functions against scripted answers
# of AWS; test/contract/newest-cdk.test.ts holds that these load no aws-cdk-lib
npx --no -- jest --ci --coverage=false --testPathIgnorePatterns /node_modules/ \
  '/test/assessment/(?!resilience-checks)' '/test/cli/' '/test/security/account-services/' '/test/app/database-migration/' \
  '/test/dr/(readiness|reconciliation)-(cache|function)'
