#!/bin/sh
# See that there is a Chromium to test with: Debian's own, as playwright's downloads do not run everywhere.
set -eu

for browser in chromium chromium-browser google-chrome; do
    if command -v "$browser" >/dev/null; then exit 0; fi
done

if ! command -v apt-get >/dev/null; then
    echo "The tests of the workbench need Chromium, which is not on the PATH: install it, then repeat \`make test-web\`." >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "The tests of the workbench need Chromium: run \`sudo apt-get install chromium\`, then repeat \`make test-web\`." >&2
    exit 1
fi

echo "Installing chromium (about a minute, once) ..."
export DEBIAN_FRONTEND=noninteractive
if ! { $as_root apt-get update -qq && $as_root apt-get install -qq --no-install-recommends chromium >/dev/null; }; then
    echo "Chromium could not be installed: see the lines above, run \`apt-get install chromium\`, then repeat \`make test-web\`." >&2
    exit 1
fi
