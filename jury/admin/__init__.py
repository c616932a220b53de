"""Registers of the jury, for reading: their operations alone write them.

Evaluations, their scores and remarks, and assignments are left out altogether: staff are organisers too, and what jurors
think stays theirs until the sitting. A list, a search or a count here would tell it.
"""

from jury.admin.juror import JurorAdmin, RecusalAdmin
from jury.admin.sitting import SittingAdmin

__all__ = ("JurorAdmin", "RecusalAdmin", "SittingAdmin")
