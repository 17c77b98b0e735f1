"""Lines around the text of a report that say nothing: page furniture, mastheads, signatures, dates alone."""

import re

from ..data.outline import furniture

_TITLE = re.compile(r".{0,60}(?:年度?报告|工作报告|年报|报告)(?:\(.{1,16}\))?")
_DAY = (
    r"(?:\d{4}年\d{1,2}月(?:\d{1,2}日(?: ?\d{1,2}[:时]\d{2}分?)?)?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: ?\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|[一二三四五六七八九〇零]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)"
)
_BODY = (
    r"[^,。;:、\d]{2,30}(?:人民政府|政府|办公室|办公厅|[委办局厅院校站所队镇乡县市区]|委员会|管委会|中心|街道办事处|街道"
    r"|公司|支队|大队|总队|领导小组|银行|学校|大学|学院|医院)"
)
_SIGNED = re.compile(rf"(?:{_BODY}(?:\(.{{1,10}}\))?)?\(?{_DAY}\)?|{_BODY}\(?(?:盖章|公章)?\)?")
_DELIVERED = re.compile(
    rf"[—-]{{0,4}}{_DAY}在.{{4,50}}会议?上.{{0,30}}|\\({_DAY}.{{0,50}}(?:会议|通过|大会).{{0,12}}\\)"
)
_SPEAKER = re.compile(r".{0,16}(?:省长|市长|县长|区长|镇长|乡长|州长|盟长|旗长|主席|主任)[^,。;:、\d]{2,4}")
_FIELD = re.compile(r"[-*·\s]{0,4}[【〔(]?([^:】〕]{2,8})[】〕]?[::].{0,60}")
# A line shorter than this that no stop ends says nothing by itself, unless it denies.
_SHORT = 5
_DENYING = re.compile(r"[暂均]?(?:无|没有|未发生|零)")


def is_furniture(line: str) -> bool:
    """Whether a line of the view, or what stands behind the last stop of one, carries no statement."""
    if furniture()["line"].fullmatch(line):
        return True
    if len(line) < _SHORT and line[-1:] not in "。;!?:":
        return not _DENYING.match(line)
    field = _FIELD.fullmatch(line)
    if field and line[-1:] not in "。;" and furniture()["label"].fullmatch(field.group(1)):
        return True
    if line[-1:] in "。;!?:":
        return False
    return any(p.fullmatch(line) for p in (_SIGNED, _DELIVERED, _TITLE, _SPEAKER))
