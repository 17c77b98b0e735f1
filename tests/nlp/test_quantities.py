import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.quantities import find_quantities
from nianbao.nlp.reading import Reading


def quantities(text: str) -> list[tuple[str, float, str | None, str]]:
    reading = Reading(text)
    found = find_quantities(reading.view)
    return [(reading.quote(q.start, q.end), q.value, q.unit, q.bound) for q in found]


ONE = [
    ("全年发布动态365条。", "365条", 365, "条", "exact"),
    ("全年发布动态1,365条。", "1,365条", 1365, "条", "exact"),
    ("全年发布动态１３６５条。", "１３６５条", 1365, "条", "exact"),
    ("拨付资金38.6万元。", "38.6万元", 386_000, "元", "exact"),
    ("贷款余额5.67万亿元。", "5.67万亿元", 5_670_000_000_000, "元", "exact"),
    ("出口12.3亿美元。", "12.3亿美元", 1_230_000_000, "美元", "exact"),
    ("培训2.4万人次。", "2.4万人次", 24_000, "人次", "exact"),
    ("下降1.5个百分点。", "1.5个百分点", 1.5, "个百分点", "exact"),
    ("下降1.5百分点。", "1.5百分点", 1.5, "个百分点", "exact"),
    ("绿地面积120万平方米。", "120万平方米", 1_200_000, "平方米", "exact"),
    ("浓度为31微克/立方米。", "31微克/立方米", 31, "微克/立方米", "exact"),
    ("发电量5亿千瓦时。", "5亿千瓦时", 500_000_000, "千瓦时", "exact"),
    ("装机3千瓦。", "3千瓦", 3, "千瓦", "exact"),
    ("粮食产量120亿斤以上。", "120亿斤以上", 12_000_000_000, "斤", "more"),
    ("答复率百分之九十八。", "百分之九十八", 98, "%", "exact"),
    ("满意率九成多。", "九成多", 90, "%", "more"),
    ("约三成为企业。", "约三成", 30, "%", "about"),
    ("不到两成的居民知晓。", "不到两成", 20, "%", "less"),
    ("召开例会两次。", "两次", 2, "次", "exact"),
    ("编印简报二十四期。", "二十四期", 24, "期", "exact"),
    ("走访企业百余家。", "百余家", 100, "家", "more"),
    ("走访企业十几家。", "十几家", 10, "家", "more"),
    ("答疑3000多人次。", "3000多人次", 3000, "人次", "more"),
    ("发放手册1.5万余册。", "1.5万余册", 15_000, "册", "more"),
    ("发放手册20余万册。", "20余万册", 200_000, "册", "more"),
    ("发放手册近7万册。", "近7万册", 70_000, "册", "less"),
    ("接听来电逾900个。", "逾900个", 900, "个", "more"),
    ("阅读量突破千万。", "突破千万", 10_000_000, None, "more"),
    ("阅读量破亿次。", "破亿次", 100_000_000, "次", "more"),
    ("每季度不少于2期。", "不少于2期", 2, "期", "more"),
    ("费用在500元以内。", "500元以内", 500, "元", "less"),
    ("粉丝增至6.2万。", "6.2万", 62_000, None, "exact"),
    ("注册用户数为5120。", "5120", 5120, None, "exact"),
    ("受理来件47件（次）。", "47件", 47, "件", "exact"),
    ("办理3亿5千万元贷款。", "3亿5千万元", 350_000_000, "元", "exact"),
    ("人均寿命达79.3岁。", "79.3岁", 79.3, "岁", "exact"),
    ("智能算力达1.2万P。", "1.2万P", 12_000, "P", "exact"),
    ("建筑面积3万㎡。", "3万㎡", 30_000, "㎡", "exact"),
    ("外贸总额过百亿元。", "过百亿元", 10_000_000_000, "元", "more"),
    ("另一件转入下年。", "一件", 1, "件", "exact"),
    ("全年公开3 207条。", "3 207条", 3207, "条", "exact"),
    ("缴存额达1 530.6万元。", "1 530.6万元", 15_306_000, "元", "exact"),
    ("全年只召开了一次例会。", "一次", 1, "次", "exact"),
    ("每季度通报一次进度。", "一次", 1, "次", "exact"),
    ("检查饭店l7家。", "l7家", 17, "家", "exact"),
    ("检查饭店2O家。", "2O家", 20, "家", "exact"),
    ("羊存栏35万头只。", "35万头只", 350_000, "头只", "exact"),
    ("四成多为企业。", "四成多", 40, "%", "more"),
]


@pytest.mark.parametrize(("text", "quote", "value", "unit", "bound"), ONE)
def test_reads_one(text: str, quote: str, value: float, unit: str | None, bound: str) -> None:
    assert quantities(text) == [(quote, value, unit, bound)]


@pytest.mark.parametrize(
    "text",
    [
        "依据条例第二十条、第三十六条答复。",
        "公布第六批、第七批清单。",
        "公开“三公”经费和“十四五”规划。",
        "落实“三审三校”和一稿三审制度。",
        "开展“一窗受理、一次办好”改革。",
        "推进一网通办，打通最后一公里。",
        "做好一件事一次办。",
        "引入第三方评估，出台一批措施，取得一定成效。",
        "新一轮改革中的一系列举措。",
        "同一个平台、每一项工作、这一次机会。",
        "拨打12345热线。",
        "印发《信访工作50条》和《五个一百行动》。",
        "按照国办发〔2019〕14号要求。",
        "地址：人民路90号3楼；邮编：215000；电话：0512-5551234。",
        "支持IPv6和5G网络，A4纸打印，PM2.5治理。",
        "详见www.example.gov.cn/2020/12条。",
        "邮箱 info520@example.cn。",
        "实行一企一策、一户一档、1村1策。",
        "两微一端同步更新，三级审核从严把关。",
        "庄园变电站二期工程和二次供水改造。",
        "综合得分居全省第3位，列前10名。",
        "创建4A级景区，建成万吨级泊位。",
        "为65岁以上老人服务。",
        "历时12个月、5个工作日、20分钟。",
        "第九届三次全会召开，省委十一届九次全会部署。",
        "1.深化公开。2、强化监督。",
        "（2025版）目录。",
        "庆祝建党100周年。",
        "（一）个别单位。一是位置偏。",
        "区十五届人大三次会议，市委九届五次、六次全会。",
        "进出口迈上万亿元台阶，人数突破两位数。",
        "建成轨道交通2号线一期及配套工程、“三北”六期工程。",
        "谋划一批、开工一批，绘就一幅新图景。",
        "使用5PM值。",
        "更换零件、走访三五个村、说过两三次。",
        "收入比缩小至2.27:1。",
        "实施工程2.0版，建成1.2亿吨级港口。",
        "一件接着一件办，无一例超期。",
        "没有一件超期，任何一次都不例外。",
        "推行一岗多能，让群众少跑一趟。",
        "抓一件、成一件，残疾人两项补贴按月发放。",
        "办公地址：行政中心2号楼6层。",
    ],
)
def test_refuses(text: str) -> None:
    assert quantities(text) == []


def test_masked_spans_are_untouched() -> None:
    assert list(find_quantities("另有3件、4件。", [(2, 4)])) == list(find_quantities("另有33、4件。"))


def test_masks_may_nest() -> None:
    assert list(find_quantities("共3件，共4件。", [(0, 8), (1, 2)])) == []


def test_one_for_each_named_place() -> None:
    assert quantities("辖9乡3镇。") == [("9", 9, None, "exact"), ("3", 3, None, "exact")]


def test_touching_numbers_stay_apart() -> None:
    assert [q[1:3] for q in quantities("梳理6大类48项。")] == [(6, "大类"), (48, "项")]


@given(st.integers(1, 10**9), st.sampled_from("条件项份次家户"))
def test_any_number_with_a_measure_word(number: int, unit: str) -> None:
    assert [q[1:] for q in quantities(f"共办理{number:,}{unit}。")] == [(number, unit, "exact")]


@given(st.text("一二三十百千万亿12345.,、%成个条余约第《》“”年月（）\n", max_size=60))
def test_spans_lie_in_order_within_the_view(text: str) -> None:
    view, at = Reading(text).view, 0
    for found in find_quantities(view):
        assert at <= found.start < found.end <= len(view)
        at = found.end


@pytest.mark.parametrize("unit", ["1", "一", "有", "第", "1,", "分别1%、", "百分之", "“1", "一二"])
def test_long_runs_are_read_through(unit: str) -> None:
    assert len(list(find_quantities(unit * 20_000))) in (0, 20_000)


def test_layers_cut_down() -> None:
    assert [q[1:3] for q in quantities("审批由六层压缩为两层。")] == [(6, "层"), (2, "层")]
