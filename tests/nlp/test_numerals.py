import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.numerals import parse_number, write_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("1,234", 1234),
        ("12.5", 12.5),
        ("12,345,678.9", 12345678.9),
        ("三十四", 34),
        ("十二", 12),
        ("两百", 200),
        ("一千零五", 1005),
        ("一百二", 120),
        ("三万五", 35000),
        ("二〇一二", 2012),
        ("1.5万", 15000),
        ("3亿5千万", 350_000_000),
        ("5.67万亿", 5_670_000_000_000),
        ("834.9亿", 83_490_000_000),
        ("2千", 2000),
        ("千万", 10_000_000),
        ("一亿零三万", 100_030_000),
        ("三成", 30),
        ("九成五", 95),
        ("四成半", 45),
        ("百分之九十", 90),
        ("百分之十二点五", 12.5),
        ("半", 0.5),
        ("零", 0),
    ],
)
def test_reads(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "十百", "若干", "1,23", "二十余", "百分之", "成", "1.2.3", "9" * 40])
def test_refuses(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("number", "text"), [(0, "零"), (10, "十"), (110, "一百一十"), (10_010, "一万零一十"), (10**8, "一亿")]
)
def test_writes(number: int, text: str) -> None:
    assert write_number(number) == text


@given(st.integers(0, 10**16 - 1))
def test_written_number_reads_back(number: int) -> None:
    assert parse_number(write_number(number)) == number


@given(st.integers(0, 10**18 - 1))
def test_separators_do_not_matter(number: int) -> None:
    assert parse_number(f"{number:,}") == parse_number(str(number)) == number


@given(st.integers(1, 99_999), st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
def test_scales_multiply(number: int, scale: tuple[str, int]) -> None:
    assert parse_number(f"{number / 10}{scale[0]}") == number * scale[1] // 10


@pytest.mark.parametrize("number", [-1, 10**16])
def test_writes_within_bounds_only(number: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        write_number(number)


@given(st.text("〇零一二两三四五六七八九十百千万亿点成半分之0123456789,.", max_size=30))
def test_any_run_of_numerals_is_read_or_refused(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0
