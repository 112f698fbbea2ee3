#!/usr/bin/env bash
# Puts nginx on the machine for the benches of Storage, from Debian's packages, where none is found. No service is started.
set -euo pipefail
PATH="$PATH:/usr/sbin:/usr/local/sbin"

if command -v nginx >/dev/null; then
  echo "nginx: $(command -v nginx)"
  exit 0
fi

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  echo "No nginx found. Install it (on Debian, as root: apt-get install nginx-light), or say where it is in NGINX." >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
apt-get update -qq
apt-get install -y -qq --no-install-recommends nginx-light
