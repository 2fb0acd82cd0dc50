"""Maps the columns of people's files to the fields of the declared tables.

`table_for` says which table a file is of, `propose` which header is which field and what its
texts mean. What is certain is in the proposed mapping; what is only likely is a suggestion that a
person confirms. `mapped` shows the raw table as the declared one: a query, not a copy. `Profiles`
keep a mapping for the next file with the same headers.
"""

from __future__ import annotations

from ileaps_data.mapping_parts.cells import DateGuess
from ileaps_data.mapping_parts.header_words import UPLOADED
from ileaps_data.mapping_parts.headers import (
    LIKELY_TABLE,
    FieldEvidence,
    HeaderSuggestion,
    TableScore,
    table_for,
)
from ileaps_data.mapping_parts.model import (
    DATE_FORMATS,
    UNIT,
    FieldSource,
    MappedTable,
    Mapping,
    Unpivot,
)
from ileaps_data.mapping_parts.profiles import Profiles, fingerprint
from ileaps_data.mapping_parts.proposal import DEFAULTS, Default, Proposal, propose
from ileaps_data.mapping_parts.query import mapped
from ileaps_data.mapping_parts.questions import Suggestion
from ileaps_data.mapping_parts.recognition import Alternative
from ileaps_data.mapping_parts.sheets import with_sheets
from ileaps_data.mapping_parts.units import UnitGuess

__all__ = [
    "DATE_FORMATS",
    "DEFAULTS",
    "LIKELY_TABLE",
    "UNIT",
    "UPLOADED",
    "Alternative",
    "DateGuess",
    "Default",
    "FieldEvidence",
    "FieldSource",
    "HeaderSuggestion",
    "MappedTable",
    "Mapping",
    "Profiles",
    "Proposal",
    "Suggestion",
    "TableScore",
    "UnitGuess",
    "Unpivot",
    "fingerprint",
    "mapped",
    "propose",
    "table_for",
    "with_sheets",
]
