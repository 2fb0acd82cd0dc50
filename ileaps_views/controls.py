"""Filters whose value stands in the address bar, as ids, in every language."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from ileaps_views import i18n, permalinks
from ileaps_views.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from streamlit.delta_generator import DeltaGenerator

SHARED: Final = "shared"
HERE: Final = "link:here"
_shared: ContextVar[Link | None] = ContextVar("shared", default=None)


def share(link: Link) -> None:
    """Make these the filters that every page of this run has."""
    _shared.set(link)


def shared_value(name: str) -> str:
    """Return the value of a filter that every page has."""
    link = _shared.get()
    if link is None:
        raise LookupError(f"no shared filter “{name}”: navigation.py sets them before a page runs")
    return link.values[name]


class Link:
    """The filters of one page and their place in its link.

    A value comes, in this order, from the widget, from the link (on arrival), from what the
    session last had on this page, from the default. Session state holds ids only.
    """

    def __init__(self, page: str) -> None:
        """Start a page's filters; what the link got wrong will be said at this place."""
        self.page = page
        self.values: dict[str, str] = {}
        self.misunderstood: list[permalinks.Misunderstood] = []
        self.remembered: dict[str, str] = st.session_state.setdefault(f"link:{page}", {})
        self.parameters: dict[str, str] = st.query_params.to_dict()
        self._obey_arrival()
        self.place: DeltaGenerator = st.empty()

    def _obey_arrival(self) -> None:
        """Let a link from another page decide over what was chosen here earlier in the session.

        Only on arrival: within a page the address may lag behind what was just chosen.
        """
        if self.page == SHARED or st.session_state.get(HERE) == self.page:
            return
        st.session_state[HERE] = self.page
        for name in self.parameters:
            self.remembered.pop(name, None)

    def _key(self, name: str) -> str:
        # the language is part of the key: a keyed widget keeps showing the old language's label
        return f"{self.page}:{name}:{i18n.active()}"

    def _source(self, name: str) -> Mapping[str, str]:
        return self.remembered if name in self.remembered else self.parameters

    def _keep(self, name: str, value: str) -> None:
        self.values[name] = value

    def _note(self, problem: permalinks.Misunderstood | None) -> None:
        # what a link asks for is answered; what another filter has made impossible is plain to see
        if problem is not None and problem.name not in self.remembered:
            self.misunderstood.append(problem)

    def choose(
        self,
        name: str,
        label: str,
        options: Mapping[str, str],
        default: str,
        *,
        kind: str = "selectbox",
        **settings: Any,  # noqa: ANN401 - passed on to the widget
    ) -> str:
        """Let a person choose one id; `options` gives each id its label."""
        key = self._key(name)
        if st.session_state.get(key) not in options:
            value, problem = permalinks.read_one(self._source(name), name, options, default)
            self._note(problem)
            st.session_state[key] = value
        widget: Callable[..., Any] = {
            "selectbox": st.selectbox,
            "radio": st.radio,
            "segmented": st.segmented_control,
            "slider": st.select_slider,
        }[kind]  # type: ignore[assignment] # four widgets, one way to call them
        if kind == "segmented":
            settings |= {"required": True, "wrap": True}
        chosen = str(
            widget(label, list(options), format_func=options.__getitem__, key=key, **settings)
        )
        self._keep(name, chosen)
        return chosen

    def choose_many(
        self,
        name: str,
        label: str,
        options: Mapping[str, str],
        default: Sequence[str] = (),
        *,
        most: int | None = None,
        **settings: Any,  # noqa: ANN401 - passed on to the widget
    ) -> tuple[str, ...]:
        """Let a person choose several ids, `most` at the most."""
        key = self._key(name)
        if key not in st.session_state or not set(st.session_state[key]) <= set(options):
            values, problem = permalinks.read_many(
                self._source(name), name, options, tuple(default), most
            )
            self._note(problem)
            st.session_state[key] = list(values)
        chosen = tuple(
            st.multiselect(
                label,
                list(options),
                format_func=options.__getitem__,
                key=key,
                max_selections=most,
                **settings,
            )
        )
        self._keep(name, permalinks.write_many(chosen))
        return chosen

    def year(
        self,
        name: str,
        label: str,
        years: Sequence[int],
        default: int,
        **settings: Any,  # noqa: ANN401 - passed on to the widget
    ) -> int:
        """Let a person choose one of the years there are."""
        options = {str(year): str(year) for year in years}
        chosen = self.choose(name, label, options, str(default), kind="slider", **settings)
        return int(chosen)

    def period(
        self,
        name: str,
        label: str,
        years: Sequence[int],
        default: tuple[int, int],
        **settings: Any,  # noqa: ANN401 - passed on to the widget
    ) -> tuple[int, int]:
        """Let a person choose a first and a later year of those there are."""
        key = self._key(name)
        options = [str(year) for year in years]
        kept = st.session_state.get(key, ())
        if len(kept) != len(default) or not set(kept) <= set(options):
            fallback = tuple(str(year) for year in default)
            values, problem = permalinks.read_many(self._source(name), name, options, fallback, 2)
            if len(values) != len(default) or int(values[0]) >= int(values[1]):
                problem = problem or permalinks.Misunderstood(
                    name, permalinks.write_many(values), permalinks.write_many(fallback)
                )
                values = fallback
            self._note(problem)
            st.session_state[key] = values
        first, last = st.select_slider(label, options, key=key, **settings)
        if first == last:
            # a period of one year has no growth: take in the neighbouring year
            position = options.index(first)
            first, last = options[max(position - 1, 0)], options[max(position, 1)]
        self._keep(name, permalinks.write_many([first, last]))
        return int(first), int(last)

    def set(self, name: str, value: str, options: Mapping[str, str]) -> None:
        """Set a filter from outside its widget, for instance from a click on a map."""
        if value in options:
            st.session_state[self._key(name)] = value

    def finish(self) -> None:
        """Put the state into the address bar and say what in the link was not understood."""
        shared = _shared.get()
        state = {**(shared.values if shared else {}), **self.values}
        problems = [*(shared.misunderstood if shared else []), *self.misunderstood]
        if not self.remembered:
            problems.extend(permalinks.unknown_names(self.parameters, state))
        # a rerun that nobody asked for must not take the message away: it stays until a change
        note = f"misunderstood:{self.page}"
        if problems:
            st.session_state[note] = (tuple(problems), state)
        problems, when = st.session_state.get(note, ((), {}))
        if problems and when == state:
            self.place.warning(
                "\n\n".join(plain(problem.sentence()) for problem in problems), icon="⚠️"
            )
        self.remembered.update(self.values)
        if shared is not None:
            shared.remembered.update(shared.values)
        if st.query_params.to_dict() != state:
            st.query_params.from_dict(state)
