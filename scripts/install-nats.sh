#!/usr/bin/env bash
# Puts nats-server on the machine for the tests of several processes, from Debian's packages, where none is found.
set -euo pipefail
PATH="$PATH:/usr/sbin:/usr/local/sbin"

if command -v nats-server >/dev/null; then
  echo "NATS: $(command -v nats-server)"
  exit 0
fi

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  echo "No nats-server found. Install it (on Debian, as root: apt-get install nats-server; elsewhere from nats.io), on PATH." >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends nats-server
