"""Why a whole file was refused, in words that can be translated: one template a code.

The readers' own sentence (`FileRefusedError.message`) is English and names the details; these say
the same with the figures as placeholders. `ileaps_data.problem_texts` speaks of single rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_data.problem_texts import Words, filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from ileaps_data.reading.errors import FileRefusedError

_AS_XLSX = "Save it as an Excel workbook (.xlsx), or save the sheet as CSV UTF-8."
_NAMES = "Add a first row with the column names, or say which row holds them."

REFUSALS: dict[str, Words] = {
    "empty_file": Words("The file is empty.", "Export it again, and look at it before sending it."),
    "header_only": Words(
        "The file has column names and no row below them.",
        "Export it again with its rows; a filter may have hidden them.",
    ),
    "no_header": Words("No row can be the row of the column names.", _NAMES),
    "binary": Words(
        "The file is no table of text, whatever its name says.",
        "Export the table itself as CSV (UTF-8) or as an Excel workbook (.xlsx).",
    ),
    "too_large": Words(
        "The file is larger than %(limit)s bytes, the most that is accepted.",
        "Split it, or keep only the columns and years that are needed.",
    ),
    "too_many_rows": Words(
        "The table has more than %(limit)s rows, the most that is accepted.",
        "Split the file, or sum the figures to fewer rows before sending it.",
    ),
    "too_many_columns": Words(
        "The table has %(columns)s columns; at most %(limit)s are accepted.",
        "Send it with one row a figure in place of one column a figure.",
    ),
    "too_many_cells": Words(
        "The table reaches over %(rows)s rows and %(columns)s columns; at most %(limit)s cells "
        "are accepted.",
        "Split the file, leave out columns, or delete what stands far from the table.",
    ),
    "line_too_long": Words(
        "A line is longer than %(limit)s bytes, the most that is accepted.",
        "Look whether the line ends were lost when the file was made; export it again.",
    ),
    "unreadable_encoding": Words(
        "The text is in none of the encodings that are read: UTF-8, UTF-16, CP949 (EUC-KR) and "
        "Windows-1252.",
        "Save it as UTF-8 (in Excel: CSV UTF-8), or choose the encoding yourself.",
    ),
    "unreadable_structure": Words(
        "The rows of the file cannot be told apart with certainty: its quotes do not pair up.",
        "Export it again with every text in double quotes and quotes inside doubled.",
    ),
    "no_room": Words(
        "The server has no room left for this file.", "Try again later, or split the file."
    ),
    "password_protected": Words(
        "The workbook is protected by a password.", "Save a copy without password."
    ),
    "old_excel": Words(
        "The file is an Excel 97–2003 workbook (.xls) or another old Office document.", _AS_XLSX
    ),
    "not_xlsx": Words(
        "The workbook is of a kind that is not read (with macros, binary, or a template).",
        _AS_XLSX,
    ),
    "damaged_workbook": Words(
        "The workbook is damaged or was not sent whole.",
        "Open it in Excel or LibreOffice, save it anew, and send that file.",
    ),
    "zip_bomb": Words(
        "The workbook unpacks to more than %(limit)s bytes, the most that is accepted.",
        "Delete pictures and sheets that are not needed, or save the sheet as CSV.",
    ),
    "sheet_not_found": Words(
        "The workbook has no sheet %(sheet)s; it has %(sheets)s.", "Choose one of its sheets."
    ),
    "empty_sheet": Words("The sheet is empty.", "Choose a sheet that holds a table."),
    "unknown_format": Words(
        "The XML file is no IATI activity file: it begins with %(root)s.",
        "Send an IATI activity file (version 2.03), CSV or .xlsx.",
    ),
    "xml_not_harmless": Words(
        "The XML file declares a document type or entities, which can be an attack.",
        "Remove the DOCTYPE; no IATI file needs one.",
    ),
    "broken_xml": Words(
        "The XML file is not well formed.", "Export it again; it may not have been sent whole."
    ),
    "iati_version": Words(
        "The file is in version %(version)s of IATI, which states results differently.",
        "Ask the publisher for version 2.03.",
    ),
    "iati_too_deep": Words(
        "The XML is nested deeper than any IATI file.",
        "Send the file as the publishing tool writes it.",
    ),
    "iati_no_results": Words(
        "The IATI file has no activity with results and indicators.",
        "Ask the publisher for a file with results.",
    ),
    "iati_columns_missing": Words(
        "The Datastore file lacks what ties values to indicators: %(missing)s.",
        "Download the activities as XML, or with all result columns.",
    ),
    "iati_ambiguous": Words(
        "The Datastore's flat file does not say which value belongs to which indicator "
        "(row %(row)s).",
        "Download the same activities as XML (IATI 2.03) and send that.",
    ),
}


def refusal(
    error: FileRefusedError, *, translate: Callable[[str], str] = str
) -> tuple[str, str, str]:
    """What happened, where (empty when it is the whole file), and what to do.

    Raises:
        KeyError: there are no words for the code.

    >>> from ileaps_data.readers import FileRefusedError
    >>> refusal(FileRefusedError("empty_sheet", "", fix="", where="row 1"))
    ('The sheet is empty.', 'row 1', 'Choose a sheet that holds a table.')
    """
    words = REFUSALS[error.code]
    wrong = filled(translate(words.wrong), None, None, error.parameters)
    return wrong, error.where, filled(translate(words.fix), None, None, error.parameters)
