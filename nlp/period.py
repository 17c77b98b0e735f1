"""The period a report's data cover, as the report states it."""

import re
from collections.abc import Sequence

from ..data.records import Date
from .reading import Reading

# 本报告所列数据的统计期限自…起至…止; 统计时间为…; 报告中使用的信息截止日期是…
_STATED = re.compile(r"(?:统计|数据|期限|时限|时段|时间范围|起止|截止)[^。\n]{0,30}$")
# A report states its period in its opening or its last section; this far before the date the words stand.
_BEFORE = 45


def find_period(reading: Reading, dates: Sequence[Date]) -> Date | None:
    """The stated period of the data: the first range so introduced, None where the text states none."""
    for date in dates:
        if date.kind != "range":
            continue
        at = reading.locate(date.start)
        if _STATED.search(reading.view, max(0, at - _BEFORE), at):
            return date
    return None
