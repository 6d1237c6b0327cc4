#!/usr/bin/env bash
# What the action runs. Its inputs are environment variables and never part of the script, so that no text in them is code.
set -euo pipefail

if [ -n "$KEYREACH_VERSION" ]; then
  keyreach=(npx --yes "keyreach@$KEYREACH_VERSION")
elif [ -x node_modules/.bin/keyreach ]; then
  keyreach=(node_modules/.bin/keyreach)
else
  release=$(node -p 'require(process.argv[1]).version' "$GITHUB_ACTION_PATH/package.json")
  keyreach=(npx --yes "keyreach@$release")
fi

json=$RUNNER_TEMP/keyreach.json
markdown=$RUNNER_TEMP/keyreach.md
options=(--format github --format "json=$json" --format "markdown=$markdown" --fail-on "$KEYREACH_FAIL_ON")
[ -z "$KEYREACH_CONFIG" ] || options+=(--config "$KEYREACH_CONFIG")
[ -z "$KEYREACH_BASELINE" ] || options+=(--baseline "$KEYREACH_BASELINE")
[ -z "$KEYREACH_POLICIES" ] || options+=(--policies "$KEYREACH_POLICIES")
[ -z "$KEYREACH_SARIF" ] || options+=(--format "sarif=$KEYREACH_SARIF")
plans=()
while IFS= read -r plan; do
  [ -z "$plan" ] || plans+=("$plan")
done <<<"$KEYREACH_PLANS"

code=0
"${keyreach[@]}" check "${options[@]}" -- ${plans[@]+"${plans[@]}"} || code=$?

# Where nothing could be judged, there is nothing to show.
if [ -f "$markdown" ]; then
  cat "$markdown" >>"$GITHUB_STEP_SUMMARY"
  {
    echo "json=$json"
    echo "markdown=$markdown"
    [ -z "$KEYREACH_SARIF" ] || echo "sarif=$KEYREACH_SARIF"
  } >>"$GITHUB_OUTPUT"
fi
exit "$code"
