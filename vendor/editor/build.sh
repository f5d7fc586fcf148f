#!/bin/sh
# Make static/studio/vendor/editor.js anew: one ES module of the packages that package.json names exactly.
# For maintainers, after a change of a version; it needs npm. Commit what it writes, the lock and the hash too.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out="$here/../../static/studio/vendor"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/entry.js" "$work"
[ -f "$here/package-lock.json" ] && cp "$here/package-lock.json" "$work"
cd "$work"
npm install --no-audit --no-fund --omit-lockfile-registry-resolved
npx esbuild entry.js --bundle --format=esm --minify --legal-comments=none --outfile="$out/editor.js"
cp package-lock.json "$here/package-lock.json"
for licence in $(find node_modules -name LICENSE -not -path '*/esbuild/*' | sort); do
  printf '%s\n\n' "== $(dirname "${licence#node_modules/}")"
  cat "$licence"
  printf '\n'
done > "$out/LICENSE.txt"
cd "$out" && sha256sum editor.js > "$here/editor.sha256"
