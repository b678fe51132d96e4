"""What makes the sample files of regions: the same bytes every time, in the ways in which people send them."""
import csv
import datetime
import io
import pathlib
import re
import zipfile

from openpyxl.styles import Alignment, Font

LONG_AGO = (1980, 1, 1, 0, 0, 0)


def workbook_bytes(book, year=2018):
    """A workbook without the time at which it was made: it says the first day of `year`."""
    book.properties.creator = "hongzhu"
    book.properties.created = datetime.datetime(year, 1, 1)
    plain = io.BytesIO()
    book.save(plain)
    fixed = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>%d-01-01T00:00:00Z" % year, content)
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content, compresslevel=9)
    return fixed.getvalue()


def table_bytes(rows, encoding, separator=",", end="\r\n"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    return text.getvalue().encode(encoding)


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def written_day(day, style):
    """A day in one of the ways in which people write it."""
    return [day.isoformat(), f"{day.year}.{day.month}.{day.day}", f"{day.year}/{day.month}/{day.day}", day.strftime("%Y%m%d"),
            f"{day.year}年{day.month}月{day.day}日"][style % 5]


def titles_above(sheet, width, *titles):
    """Merged title rows, as they stand above the header of a bureau's table."""
    for row, title in enumerate(titles, 1):
        sheet.cell(row, 1, title)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        sheet.cell(row, 1).alignment = Alignment(horizontal="center")
        sheet.cell(row, 1).font = Font(bold=row == 1, size=16 if row == 1 else 11)


def write_files(folder, files):
    """Writes the (name, bytes) of `files` into `folder`, which is made."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        (folder / name).write_bytes(content)
