"""Takes the first program of the README apart: readme.py README FOLDER writes the
program to FOLDER/first.cpp and what the checker is said to print to
FOLDER/expected."""

import os
import re
import sys

readme, folder = sys.argv[1:]
with open(readme, encoding="utf-8") as file:
    text = file.read()
program = re.search(r"```cpp\n(// first\.cpp\n.*?)```", text, re.S)[1]
printed = re.search(r"```console\n\$ heddle-check first\.cpp[^\n]*\n(.*?)```", text, re.S)[1]
for name, content in (("first.cpp", program), ("expected", printed)):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(content)
