"""Phone cells -> E.164 or a finding, of one phone column or of the first of several with a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Layout
from csv_preflight.model.settings import Settings
from csv_preflight.model.writing import Writing
from csv_preflight.stages.phones.choice import choose, joined, report_others
from csv_preflight.stages.phones.findings import keep, reject


class Normalized(NamedTuple):
    """The rows with a certain number, with ``phones`` and the clean phone column filled in, and the findings.

    lost_plus: how many rejected numbers have lost their plus sign; region: the default region that would restore it in
    all of them.  without_code: how many numbers have no country code; other_country: how many have another one than
    that of the row's country.  unknown: cells of the region column that name no certain country, in rows rejected for
    that.  writing: by phone column, how the list writes its numbers, for the batches after the first.
    """

    batch: Batch
    findings: Findings
    lost_plus: int
    region: str | None
    without_code: int
    other_country: int
    unknown: Counter[str]
    writing: Mapping[int, Writing]


def normalize(batch: Batch, layout: Layout, settings: Settings) -> Normalized:
    """Read the numbers of a batch: in each row, that of the first phone column with one that can be called."""
    shares = choose(batch, layout, settings)
    findings = Findings()
    kept, rejected = [], []
    without_code = other_country = 0
    for index, share in enumerate(shares):
        column, found = share.column, Findings()
        rejected.append(reject(column, share.rejected, settings, found))
        kept.append(keep(column, np.flatnonzero(share.kept), settings, found))
        # P106 already says so of the rows that use another column.
        findings += [one for one in found if not (index and one.code == "P101")]
        decided = share.kept | share.rejected
        without_code += int(np.count_nonzero(column.without_code & decided))
        other_country += int(np.count_nonzero(column.believed & decided))
    result = kept[0]
    if len(shares) > 1:
        report_others(batch, layout, shares, findings)
        result = joined(batch, layout, shares, kept)
    regions = {one.region for one in rejected if one.lost_plus}
    return Normalized(
        result,
        findings,
        sum(one.lost_plus for one in rejected),
        next(iter(regions)) if len(regions) == 1 else None,
        without_code,
        other_country,
        sum((one.unknown for one in rejected), Counter()),
        {share.column.layout.phone: share.column.writing for share in shares},
    )
