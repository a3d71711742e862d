"""A school's roadmap document (.docx, .xlsx, text) → its tasks.

The way of one row: `sources` (cells) → `columns` (their meaning) → `lines` (one record a task) → `reader` (terms,
thresholds, doubts). Knows no database: `read_roadmap` takes a file and gives plain values back.
"""

from nastavnik_app.roadmap.model import Indicator, Roadmap, Row
from nastavnik_app.roadmap.reader import read_roadmap
from nastavnik_app.roadmap.sources.blocks import UnreadableDocument

__all__ = ["Indicator", "Roadmap", "Row", "UnreadableDocument", "read_roadmap"]
