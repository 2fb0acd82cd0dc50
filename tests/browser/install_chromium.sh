#!/bin/sh
# Prints the path of a Chromium to test with; installs one where there is none.
# Root: Debian's package, with fonts for the scripts the partner cities write in.
# Anyone else: an installed browser, otherwise Playwright's own.
set -eu
python=$1

found() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" 2>/dev/null && return 0
    done
    return 1
}

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    if ! dpkg -s chromium fonts-noto-core fonts-nanum >/dev/null 2>&1; then
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium fonts-noto-core fonts-nanum >&2
    fi
fi
found && exit 0

"$python" -m playwright install chromium >&2
"$python" -c 'from playwright.sync_api import sync_playwright as start
with start() as browsers:
    print(browsers.chromium.executable_path)'
