"""Takes the programs out of the rules' pages: rule_pages.py DOCS FOLDER writes each
page's to FOLDER/<rule>.bad.cpp and FOLDER/<rule>.good.cpp. A bad one must say where
its own rule reports, a good one must expect nothing."""

import glob
import os
import re
import sys

docs, folder = sys.argv[1:]
pages = sorted(glob.glob(os.path.join(docs, "heddle-*.md")))
if not pages:
    sys.exit(f"{docs}: no pages of rules")
for page in pages:
    rule = os.path.basename(page).removesuffix(".md")
    with open(page, encoding="utf-8") as file:
        text = file.read()
    for title in "Bad", "Good":
        program = re.search(rf"^## {title}\n\n```cpp\n(.*?)^```$", text, re.S | re.M)
        if not program:
            sys.exit(f"{page}: no program under '## {title}'")
        wants = set(re.findall(r"// want(?:@[+-]\d+)?: ([a-z-]+)", program[1]))
        if wants != ({rule.removeprefix("heddle-")} if title == "Bad" else set()):
            sys.exit(f"{page}: '## {title}' expects {sorted(wants) or 'nothing'}")
        with open(os.path.join(folder, f"{rule}.{title.lower()}.cpp"), "w", encoding="utf-8") as file:
            file.write(program[1])
