"""Writes a compile database: database.py FILE FLAGS SOURCE..."""

import json
import os
import sys

target, flags, *sources = sys.argv[1:]
with open(target, "w", encoding="utf-8") as file:
    json.dump([{"directory": os.path.dirname(os.path.abspath(target)), "file": source,
                "command": f"c++ {flags} -c {source}"} for source in sources], file)
