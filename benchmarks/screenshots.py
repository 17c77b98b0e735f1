"""Pictures of every page of the web view, in both languages, wide and narrow, of the sample archive.

    python benchmarks/screenshots.py [--chromium /usr/bin/chromium]

writes docs/images/*.png. Needs the extra `dev` and Debian's Chromium with fonts-noto-cjk.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data" / "samples"
IMAGES = ROOT / "docs" / "images"
SIZES = {"desktop": (1280, 900), "phone": (400, 800)}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
QUERY = "更新 label:problem"
BODY = "泾县人民政府"
# Taller pages are cut off here.
HEIGHT_MAX = 1600
# Enough for flat pages with grey edges of letters, and the colours of charts.
COLOURS = 128
# Colours further apart than this are told apart.
FAR = 40


def nianbao(*words):
    return [sys.executable, "-m", "nianbao.cli", *map(str, words)]


@contextmanager
def served(folder):
    """The address of the sample archive, its repeats looked for."""
    database = Path(folder) / "samples.db"
    subprocess.run(nianbao("index", SAMPLES, "--db", database), check=True, capture_output=True)
    subprocess.run(nianbao("repeats", "--db", database), check=True, capture_output=True)
    command = nianbao("serve", database, "--no-open", "--port", "0")
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        yield re.search(r"http://[\d.:]+", process.stderr.readline()).group()
    finally:
        process.terminate()
        process.wait()


def take(page, path):
    """Draw all charts of a page, and write its picture."""
    for figure in page.locator("figure[data-spec]").all():
        figure.scroll_into_view_if_needed()
        figure.and_(page.locator("[data-drawn]")).wait_for()
    page.evaluate("scrollTo(0, 0)")
    size = page.viewport_size
    height = min(HEIGHT_MAX, page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": size["width"], "height": height}
    drawn = Image.open(BytesIO(page.screenshot(full_page=True, clip=clip))).convert("RGB")
    drawn.quantize(palette=frequent(drawn), dither=Image.Dither.NONE).save(path, optimize=True)
    print(path)


def frequent(drawn):
    """The colours that most of a picture is of, as they are, and of the rare ones those that none is like."""
    ranked = [colour for _, colour in sorted(drawn.getcolors(drawn.width * drawn.height), reverse=True)]
    chosen = ranked[: COLOURS // 2]
    for colour in ranked[COLOURS // 2 :]:
        if len(chosen) < COLOURS and min(apart(colour, other) for other in chosen) > FAR:
            chosen.append(colour)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in chosen for part in colour])
    return palette


def apart(one, other):
    """How unlike two colours are."""
    return sum(abs(here - there) for here, there in zip(one, other, strict=True))


def report_of(page):
    """The address of the first report that a search finds."""
    page.goto(f"/-/search?q={BODY}")
    return page.locator(".hits h2 a").first.get_attribute("href").partition("#")[0]


def main():
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    chromium = parser.parse_args().chromium
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(folder) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size, (width, height) in SIZES.items():
            for language, locale in LANGUAGES.items():
                viewport = {"width": width, "height": height}
                page = browser.new_page(base_url=address, locale=locale, viewport=viewport)
                paths = {
                    "archive": "/",
                    "empty": "/-/search",
                    "search": f"/-/search?q={QUERY}",
                    "report": report_of(page),
                    "org": f"/-/org/{BODY}",
                }
                for name, path in paths.items():
                    page.goto(path)
                    take(page, IMAGES / f"{name}-{size}-{language}.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
