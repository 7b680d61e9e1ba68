"""Takes the example out of the page about skeletons: ir_page.py PAGE FILE writes it to
FILE."""

import re
import sys

page, example = sys.argv[1:]
with open(page, encoding="utf-8") as file:
    text = file.read()
with open(example, "w", encoding="utf-8") as file:
    file.write(re.search(r"^```\n(func .*?)^```$", text, re.S | re.M)[1])
