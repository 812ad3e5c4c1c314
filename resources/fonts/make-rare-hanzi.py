# Makes noto-sans-sc-rare.woff2: the Chinese characters that Noto Sans CJK SC has and the bundled web font lacks.
# usage: make-rare-hanzi.py NotoSansCJK-Regular.ttc unicode.json OUT.woff2   (see README.md)
import json
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

collection, covered_file, out = sys.argv[1:4]

covered = set()
for ranges in json.load(open(covered_file)).values():
    for part in ranges.replace("U+", "").split(","):
        first, _, last = part.partition("-")
        covered.update(range(int(first, 16), int(last or first, 16) + 1))


def is_hanzi(code):
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x323AF or code == 0x3007


font = TTFont(collection, fontNumber=2, lazy=True)
assert font["name"].getDebugName(1).startswith("Noto Sans CJK SC")
wanted = sorted(code for code in font.getBestCmap() if is_hanzi(code) and code not in covered)
options = subset.Options(flavor="woff2", layout_features=[], name_IDs=[0, 1, 2, 5, 13, 14], hinting=False)
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=wanted)
subsetter.subset(font)
subset.save_font(font, out, options)
print(len(wanted), "characters")
