#!/usr/bin/env bash
# Puts OpenStack Swift on the machine for the drill of the S3 driver, from Debian's packages, where none is found. Its code
# alone: the drill starts the servers itself.
set -euo pipefail

if /usr/bin/python3 -c 'import swift' 2>/dev/null; then
  echo "Swift: $(/usr/bin/python3 -c 'import swift; print(swift.__version__)')"
  exit 0
fi

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  echo "No Swift found. Install it (on Debian, as root: apt-get install python3-swift)." >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends python3-swift
