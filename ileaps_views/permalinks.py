"""The state of a page as a link: ids only, in any language, every value explicit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ileaps_views.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

SEPARATOR: Final = ","
SHOWN: Final = 60
RESERVED: Final = frozenset({"embed", "embed_options"})


@dataclass(frozen=True)
class Misunderstood:
    """A part of a link that names nothing we have, and what is shown instead."""

    name: str
    given: str
    used: str

    def sentence(self) -> str:
        """Say what was not understood and what is shown.

        >>> Misunderstood("economy", "XXX", "IDN").sentence()
        'There is no economy “XXX” here. Shown instead: IDN.'
        """
        given = self.given if len(self.given) <= SHOWN else self.given[:SHOWN] + "…"
        if not self.used:
            return _("The link says %(name)s=“%(given)s”, which this page does not know.") % {
                "name": self.name[:SHOWN],
                "given": given,
            }
        return _("There is no %(name)s “%(given)s” here. Shown instead: %(used)s.") % {
            "name": self.name,
            "given": given,
            "used": self.used,
        }


def read_one(
    parameters: Mapping[str, str], name: str, options: Collection[str], default: str
) -> tuple[str, Misunderstood | None]:
    """Read one id from a link; what is not among the options gives the default and a report.

    >>> read_one({"year": "2030"}, "year", ["2020", "2030"], "2020")
    ('2030', None)
    >>> read_one({"year": "1850"}, "year", ["2020", "2030"], "2020")[1].given
    '1850'
    """
    given = parameters.get(name)
    if given is None or given in options:
        return (default if given is None else given), None
    return default, Misunderstood(name, given, default)


def read_many(
    parameters: Mapping[str, str],
    name: str,
    options: Collection[str],
    default: tuple[str, ...],
    most: int | None = None,
) -> tuple[tuple[str, ...], Misunderstood | None]:
    """Read several ids, separated by commas; keep the known ones and report the others.

    An empty value is an empty choice. Ids beyond `most` are reported too.

    >>> read_many({"place": "IDN,XXX"}, "place", ["IDN", "IND"], ("IND",))
    (('IDN',), Misunderstood(name='place', given='XXX', used='IDN'))
    >>> read_many({"place": ""}, "place", ["IDN"], ("IDN",))
    ((), None)
    """
    given = parameters.get(name)
    if given is None:
        return default, None
    asked = tuple(dict.fromkeys(part for part in given.split(SEPARATOR) if part))
    known = tuple(part for part in asked if part in options)[:most]
    lost = [part for part in asked if part not in known]
    used = known if known or not lost else default
    if not lost:
        return used, None
    return used, Misunderstood(name, SEPARATOR.join(lost), ", ".join(used) or "–")


def write_many(values: Collection[str]) -> str:
    """Write several ids as one value of a link.

    >>> write_many(["IDN", "IND"])
    'IDN,IND'
    """
    return SEPARATOR.join(values)


def unknown_names(
    parameters: Mapping[str, str], known: Collection[str]
) -> tuple[Misunderstood, ...]:
    """Report the names in a link that a page does not have.

    >>> unknown_names({"colour": "red", "embed": "true"}, ["year"])
    (Misunderstood(name='colour', given='red', used=''),)
    """
    return tuple(
        Misunderstood(name, value, "")
        for name, value in parameters.items()
        if name not in known and name not in RESERVED
    )
