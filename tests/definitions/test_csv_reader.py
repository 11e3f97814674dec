"""A CSV file is read whole and in one way only, or refused with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.definitions import csv_reader
from metrics.domain import Refused
from tests.ingest.samples import written


@pytest.fixture
def read(tmp_path):
    """The sheet that some bytes give."""

    def run(raw: bytes, **options) -> csv_reader.Sheet:
        path = tmp_path / "a.csv"
        path.write_bytes(raw)
        return csv_reader.read(path, **options)

    return run


def attempt(path, **options) -> tuple[csv_reader.Sheet | None, str]:
    """The sheet, or what was said instead."""
    try:
        return csv_reader.read(path, **options), ""
    except Refused as refusal:
        return None, str(refusal)


def test_rows_carry_their_line_even_after_a_cell_over_two_lines_is_refused(read):
    assert read(b"a,b\n1,2\n3,4\n").rows == [(2, ["1", "2"]), (3, ["3", "4"])]
    with pytest.raises(Refused, match=r"^a\.csv, line 3: a cell holds a tag, a line break"):
        read(b'a,b\n1,2\n"3\n4",5\n6,7\n')


def test_names_of_columns_are_trimmed_and_cells_are_not(read):
    sheet = read(b" a , b\n 1 , 2\n")
    assert sheet.header == ["a", "b"]
    assert sheet.rows == [(2, [" 1 ", " 2"])]


def test_a_quoted_comma_and_a_doubled_quote_are_part_of_the_cell(read):
    assert read(b'a,b\n"x, y","""Good Job"" local"\n').rows == [(2, ["x, y", '"Good Job" local'])]


def test_nameless_columns_may_stand_many_times(read):
    assert read(b"a,,,\n1,2,3,4\n").header == ["a", "", "", ""]


def test_text_after_a_closing_quote_is_refused(read):
    with pytest.raises(Refused, match="line 2: not readable as CSV"):
        read(b'a,b\n"x"y,2\n')


def test_a_row_with_one_cell_more_or_less_than_the_header_is_refused(read):
    for row in (b"1", b"1,2,3"):
        with pytest.raises(Refused, match=r"^a\.csv, line 3: . columns, the header has 2"):
            read(b"a,b\n1,2\n" + row + b"\n")


def test_a_missing_last_line_end_is_taken_only_where_the_publisher_leaves_it_out(read):
    with pytest.raises(Refused, match="line 2: the last line has no end"):
        read(b"a,b\n1,2")
    assert read(b"a,b\n1,2", final_newline=False).rows == [(2, ["1", "2"])]


def test_a_byte_that_is_not_utf_8_is_named_with_its_line(read):
    with pytest.raises(Refused, match=r"^a\.csv, line 3: not UTF-8 text"):
        read(b"a,b\n1,2\n3,\xe9\n")


def test_accents_and_dashes_in_utf_8_are_taken(read):
    assert read("a,b\nCafé,2–3\n".encode()).rows == [(2, ["Café", "2–3"])]


@pytest.mark.parametrize("cell", ["-4", "+4", "-4.5", "-4,5", "- 4 is not a formula"[2:], "a=b", "a@b.org", "4-5"])
def test_what_only_looks_a_little_like_a_formula_is_left_to_the_importer(read, cell):
    assert read(written([["a", "b"], ["x", cell]]).encode()).rows == [(2, ["x", cell])]


@pytest.mark.parametrize("cell", ["- 4", "-x", "+x", "=", "@", "\t1", "-4-4", "+44 20 7946 0000", " =1"])
def test_what_a_spreadsheet_would_run_is_refused(read, cell):
    with pytest.raises(Refused, match=r"^a\.csv, line 2: a cell begins like a spreadsheet formula"):
        read(written([["a", "b"], ["x", cell]]).encode())


def test_the_header_is_held_to_the_same_rules(read):
    with pytest.raises(Refused, match="line 1: a cell begins like a spreadsheet formula"):
        read(b"=a,b\n1,2\n")
    with pytest.raises(Refused, match="line 1: a cell holds a tag"):
        read(b"<i>a</i>,b\n1,2\n")


def test_a_refusal_quotes_no_more_than_the_beginning_of_a_cell(read):
    with pytest.raises(Refused) as caught:
        read(b"a,b\n1," + b"=" * 5000 + b"\n")
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("007", 7), (" 12 ", 12), ("999999999", 999999999)])
def test_a_count_is_digits(read, text, value):
    assert csv_reader.whole(read(b"a\n1\n"), 2, text, "a") == value


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("0.56", 0.56), (" 12.5 ", 12.5), ("100", 100)])
def test_a_number_has_digits_and_at_most_one_point(read, text, value):
    assert csv_reader.decimal(read(b"a\n1\n"), 2, text, "a") == value


@pytest.mark.parametrize("text", ["", " ", "-1", "+1", "1.", ".5", "1,5", "1e3", "1_000", "0x1", "nan", "inf", "٣", "²", "1" * 10])
def test_anything_else_is_no_number_and_the_refusal_quotes_it(read, text):
    sheet = read(b"a\n1\n")
    for reader in (csv_reader.whole, csv_reader.decimal):
        with pytest.raises(Refused) as caught:
            reader(sheet, 2, text, "value")
        assert str(caught.value).startswith("a.csv, line 2: value: a ")
        assert repr(text) in str(caught.value)


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="<>"), max_size=12)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.tuples(PLAIN, PLAIN), min_size=1, max_size=6))
def test_whatever_is_taken_comes_back_as_it_was_written(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_text(written([["a", "b"], *map(list, rows)]), encoding="utf-8", newline="")
    sheet, complaint = attempt(path)
    kept = [list(row) for row in rows]
    while kept and not "".join(kept[-1]).strip():
        kept.pop()
    assert (sheet is None) == ("formula" in complaint or not kept)
    assert sheet is None or [cells for _, cells in sheet.rows] == kept


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_read_or_refused_in_one_line(tmp_path_factory, raw):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(raw)
    sheet, complaint = attempt(path, final_newline=False)
    if sheet is None:
        assert complaint.startswith("a.csv")
        assert len(complaint.splitlines()) == 1
    else:
        assert all(len(cells) == len(sheet.header) for _, cells in sheet.rows)
