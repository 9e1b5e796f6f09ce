"""Workbooks -> rows of text that lose no digit; rejects -> a workbook of text.

.xlsx and .ods are read here, as a stream: number formats (leading zeros), stored digits and formulas without a value
are lost by the readers that give values only.  .xls and .xlsb are read by calamine, in a process of its own.
"""

from csv_preflight.workbooks.conversion import Conversion, convert
from csv_preflight.workbooks.remarks import Kind, Remark
from csv_preflight.workbooks.sheets import opened_workbook
from csv_preflight.workbooks.workbook import Sheet, Workbook

__all__ = ["Conversion", "Kind", "Remark", "Sheet", "Workbook", "convert", "opened_workbook"]
