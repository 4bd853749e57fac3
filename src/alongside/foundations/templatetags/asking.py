"""The frame that every form page shares: how a form is sent, kept and guarded, and the bar its button stands on.

A form is never checked by the browser: it would speak its own language, and not say what we say (design, section 3).
"""

from django import template
from django.template.loader import render_to_string

from alongside.foundations.pages import HouseForm

register = template.Library()


@register.simple_block_tag(takes_context=True)
def ask(
    context: template.Context, content: str, form: HouseForm, css: str = "sheet", draft: bool = True, action: str = ""
) -> str:
    """A form with what stands on top of every one. `draft` keeps what is typed at the agency, by the address it
    is sent to, which is `action` where that is another than the page's own; `css` is sheet or stack.
    """
    around = {str(name): value for name, value in context.flatten().items()}
    more = {"form": form, "content": content, "css": css, "draft": draft, "action": action}
    return render_to_string("foundations/ask.html", around | more)


@register.simple_block_tag
def savebar(
    content: str, back: str = "", word: str = "", css: str = "btn-primary", name: str = "", value: str = ""
) -> str:
    """The bar below a form: the draft's state, the way `back`, and the one button whose words are the block's."""
    more = {"content": content, "back": back, "word": word, "css": css, "name": name, "value": value}
    return render_to_string("foundations/savebar.html", more)
