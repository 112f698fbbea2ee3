#!/usr/bin/env bash
# Puts Chromium on the machine for the browser tests, from Debian's packages, where none is found.
set -euo pipefail

for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable; do
  if [ -n "$name" ] && command -v "$name" >/dev/null; then
    echo "Chromium: $(command -v "$name")"
    exit 0
  fi
done

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  echo "No Chromium found. Install it (on Debian, as root: apt-get install chromium), or name one in CHROMIUM_PATH." >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium
