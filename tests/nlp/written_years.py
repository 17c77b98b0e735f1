"""An invented archive of many bodies over several years, whose shares and figures are known."""

import fnmatch
import random

from nianbao.data.forms import load_forms
from nianbao.data.records import Cell, Region, Report, Statement, Table
from nianbao.data.store import SourceFile, Store, make_indexed

PLACES = (
    ("320000", "江苏省", None, None, "江苏省人民政府", "province"),
    ("320100", "江苏省", "南京市", None, "南京市人民政府", "city"),
    ("320102", "江苏省", "南京市", "玄武区", "玄武区人民政府", "county"),
    ("320104", "江苏省", "南京市", "秦淮区", "秦淮区人民政府", "county"),
    ("320200", "江苏省", "无锡市", None, "无锡市人民政府", "city"),
    ("330000", "浙江省", None, None, "浙江省人民政府", "province"),
    ("330100", "浙江省", "杭州市", None, "杭州市人民政府", "city"),
    ("330106", "浙江省", "杭州市", "西湖区", "西湖区人民政府", "county"),
    ("440100", "广东省", "广州市", None, "广州市人民政府", "city"),
    ("440300", "广东省", "深圳市", None, "深圳市人民政府", "city"),
    ("510100", "四川省", "成都市", None, "成都市人民政府", "city"),
    ("610100", "陕西省", "西安市", None, "西安市人民政府", "city"),
    ("110105", "北京市", None, "朝阳区", "北京市朝阳区人民政府", "county"),
    ("230100", "黑龙江省", "哈尔滨市", None, "哈尔滨市人民政府", "city"),
)
CATEGORIES = (
    "staff",
    "timeliness",
    "content",
    "awareness",
    "platform",
    "mechanism",
    "interpretation",
    "requests",
)


def written(org, year, region, level, counts, cells, mark, label="problem", genre="disclosure"):
    """A report that has so many statements of each category, and these cells; None is a blank."""
    text, statements = f"{org}{year}年报告。", []
    for category, number in counts.items():
        for place in range(number):
            said = f"第{mark}号第{place + 1}处{category}尚可。"
            start = len(text)
            text += said
            statements.append(
                Statement(
                    text=said, start=start, end=len(text), label=label, category=category, uncertain=place > 1
                )
            )
    held = {
        code: Cell(state="blank") if value is None else Cell(value=value, raw=str(value), state="value")
        for code, value in cells.items()
    }
    tables = (Table(table="requests", form="2021", cells=held),) if held else ()
    return Report(
        id=f"{mark:016x}",
        text=text,
        org=org,
        year=year,
        genre=genre,
        title=f"{org}{year}年度报告",
        level=level,
        region=region,
        statements=tuple(statements),
        tables=tables,
        form="2021" if tables else None,
    )


def add(store, *reports):
    for report in reports:
        indexed = make_indexed(report.text, list(range(len(report.text))), report.title, report.org)
        source = SourceFile(path=f"/档/{report.id}.txt", size=1, mtime_ns=1, sha256=report.id)
        store.add(source, report, "1", indexed=indexed)


def many_years(path, seed=1, years=range(2017, 2025), copies=1):
    """An archive for looking at: shares that rise and fall, requests that grow, years left out."""
    luck, mark = random.Random(seed), 0
    with Store.open(path, create=True) as store, store.batch():
        for copy in range(copies):
            for code, province, city, county, org, level in PLACES:
                size = luck.lognormvariate(4, 1)
                for year in years:
                    mark += 1
                    if luck.random() < 0.12:
                        continue
                    size *= luck.uniform(0.95, 1.35)
                    counts = {
                        name: 1 + (luck.random() < 0.2)
                        for place, name in enumerate(CATEGORIES)
                        if luck.random()
                        < min(0.9, max(0.03, 0.6 - 0.07 * place + (0.04 - 0.012 * place) * (year - 2017)))
                    }
                    named = org if not copy else org.replace("人民政府", f"第{copy}局")
                    region = Region(code=code, province=province, city=city, county=county)
                    add(store, written(named, year, region, level, counts, outcomes(luck, int(size)), mark))


def outcomes(luck, received):
    shares = {
        "granted": 0.42,
        "partially_granted": 0.1,
        "denied_state_secret": 0.04,
        "denied_process_info": 0.05,
    }
    shares |= {"unavailable_not_held": 0.24, "unprocessed_petition": 0.05, "other_remaining": 0.04}
    cells = {
        f"{name}.total": int(received * share * luck.uniform(0.8, 1.2)) for name, share in shares.items()
    }
    rest = fnmatch.filter(load_forms()["2021"].table("requests").cells, "*_*.total")
    kinds = ("denied_", "unavailable_", "unprocessed_", "other_")
    cells = {code: 0 for code in rest if code.startswith(kinds)} | cells
    handled = sum(cells.values())
    return {"new_requests.total": received, **cells, "total_handled.total": handled}
