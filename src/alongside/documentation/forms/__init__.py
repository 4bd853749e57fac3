"""Forms of the record."""

from alongside.documentation.forms.documents import AsideForm, DocumentForm, NewDocumentForm
from alongside.documentation.forms.timeline import TimelineForm

__all__ = ["AsideForm", "DocumentForm", "NewDocumentForm", "TimelineForm"]
