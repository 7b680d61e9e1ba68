#!/bin/sh
# Runs a program; it must exit with 0 and print, among other things, the text.
#
# Usage: prints.sh PROGRAM TEXT
output=$("$1") || exit
printf '%s\n' "$output"
case $output in
  *"$2"*) ;;
  *)
    echo "prints.sh: it did not print: $2" >&2
    exit 1
    ;;
esac
