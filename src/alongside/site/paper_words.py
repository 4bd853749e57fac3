"""Everything that the papers of clients say, collected from their templates, labels and functions themselves (decision 0023).

`tools/catalogs.py` writes catalogs of it; `catalogs_whole.py` looks, before the program starts, whether each has all of it.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.template.loader import get_template
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import override

PAPERS = ("confidentiality/release_paper.html", "confidentiality/accounting.html", "planning/paper.html")
"""The papers that are printed in the languages of clients; what they include is followed."""
TELLING = {"gettext": 1, "_": 1, "ngettext": 2, "pgettext": 2}
"""Functions that hand a text to translation, with how many of their arguments are part of it."""
Said = tuple[str, str | tuple[str, str]]
"""The context of a text, mostly empty, and the text; one and many where it is counted."""


def in_template(name: str) -> Iterator[Said]:
    """What a template and all that it includes hand to translation."""
    nodes: Any = get_template(name).template.nodelist  # type: ignore[attr-defined]
    for node in nodes.get_nodes_by_type(TranslateNode):
        context = node.message_context
        yield str(context.var) if context else "", str(node.filter_expression.var.literal)
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        context, one = node.message_context, str(node.render_token_list(node.singular)[0])
        many = str(node.render_token_list(node.plural)[0]) if node.plural else ""
        yield str(context.var) if context else "", (one, many) if many else one
    for node in nodes.get_nodes_by_type(IncludeNode):
        yield from in_template(str(node.template.var))


def in_function(told: Callable[..., Any]) -> Iterator[Said]:
    """What a function hands to translation."""
    source = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(told))))
    for call in (node for node in ast.walk(source) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        if name not in TELLING:
            continue
        said = [one for given in call.args[: TELLING[name]] for one in _texts(given)]
        if name == "ngettext":
            yield "", (said[0], said[1])
        elif name == "pgettext":
            yield from ((said[0], one) for one in said[1:])
        else:
            yield from (("", one) for one in said)


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts that stand in an argument; the context of a date is a name."""
    from alongside.foundations.templatetags.house import FORMAT

    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
        elif isinstance(one, ast.Name) and one.id == "FORMAT":
            yield FORMAT


def labels() -> Iterator[Said]:
    """What the papers call the parts of a record, the marks, who signs and how, on what it rests, and the laws."""
    from alongside.confidentiality.models import Capacity, Category, Ground, Mark, Method, RestsOn
    from alongside.confidentiality.queries.basis import BASES
    from alongside.confidentiality.queries.disclosures import OWN_COPY
    from alongside.documentation.models import Signature

    sorts: list[Any] = [Category, Mark, Capacity, Method, RestsOn, Ground]
    yield from (("", english(one.label)) for sort in sorts for one in sort)
    yield "", english(OWN_COPY)
    yield from (("", english(label)) for _value, label in Signature._meta.get_field("capacity").flatchoices)
    yield from (("", english(text)) for basis in BASES for text in (basis.name, basis.event, basis.general_for) if text)


def english(text: Any) -> str:
    """A text as it stands in the source."""
    with override("en"):
        return str(text)


def papers_say() -> set[Said]:
    """Everything that the papers hand to translation: their own words, labels, how a release stands, the order of a date."""
    from alongside.client_level.planning.queries.versions import cost_by_payer, places_under
    from alongside.client_level.planning.views.pages import plan_pdf
    from alongside.confidentiality.queries.accounting import kind_words
    from alongside.confidentiality.queries.alias import whole_or_not
    from alongside.confidentiality.queries.releases import tag_of
    from alongside.foundations.templatetags import house

    asked: Iterable[Callable[..., Any]] = (
        tag_of,
        whole_or_not,
        kind_words,
        house.full_day,
        house._in_words,
        plan_pdf,
        places_under,
        cost_by_payer,
    )
    said = {one for name in PAPERS for one in in_template(name)} | set(labels())
    return said | {one for told in asked for one in in_function(told)}
