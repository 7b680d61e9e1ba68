#!/bin/sh
# Runs a command that must end with exactly this exit status (lit's `not` takes
# any failure, a crash included).
#
# Usage: exits.sh STATUS COMMAND...
want=$1
shift
"$@"
got=$?
if [ "$got" -ne "$want" ]; then
  echo "exits.sh: exit status $got, not $want: $*" >&2
  exit 1
fi
