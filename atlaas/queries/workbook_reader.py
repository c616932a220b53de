"""The child process that opens an uploaded XLSX workbook, as `table_reader` does a CSV file."""

from atlaas.queries.table_reader import answer
from atlaas.rules.uploaded_xlsx import read_xlsx

if __name__ == "__main__":
    answer(read_xlsx)
