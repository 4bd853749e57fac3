"""The forms of a document: what is said about it, and the files it came in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.models import Mark
from alongside.documentation.actions import Paper
from alongside.documentation.models.document import Sort
from alongside.foundations.errors import RuleBroken
from alongside.foundations.fields import line, prose
from alongside.foundations.pages import HouseForm
from alongside.foundations.uploads import Taken, taken


class SeveralFiles(forms.ClearableFileInput):
    """Lets a browser send several files in one field; a telephone offers its camera."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """One or more files, each looked at by what it holds. The cleaned value is a list of `Taken`."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Every file that can be taken; a mistake names the file it is about."""
        sent = [one for one in data or [] if isinstance(one, UploadedFile)]
        if not sent:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        files: list[Taken] = []
        for one in sent:
            try:
                files.append(taken(one))
            except RuleBroken as broken:
                raise forms.ValidationError(broken.sentence) from broken
        return files


class DocumentForm(HouseForm):
    """What is said about a document, and who may open it."""

    title = line(_("What is it?"), 160, required=True, say=_("Say what it is."))
    sort = forms.ChoiceField(label=_("Kind of document"), choices=Sort.choices, initial=Sort.OTHER)
    on = forms.DateField(label=_("Dated"), error_messages={"required": _("Give the day it bears, or today.")})
    source = line(_("From whom"), 160, hint=_("Who gave it, or who wrote it."))
    marks = forms.MultipleChoiceField(
        label=_("Is it more sensitive than the rest?"), choices=Mark.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Then only you, the primary case manager and people let in by name can open it."),
    )  # fmt: skip

    def paper(self) -> Paper:
        """What was said about it."""
        return Paper(**self.values("title", "sort", "on", "source"))


class NewDocumentForm(DocumentForm):
    """The same with its files. Without a title the name of the first file stands."""

    title = line(_("What is it?"), 160, hint=_("Left empty: the name of the file."))
    papers = FilesField(
        label=_("The files, or pictures of it"),
        help_text=_("PDF, JPEG or PNG, each up to 10 MB, at most ten, in the order of the pages."),
        error_messages={"required": _("Choose the file, or take a picture of the paper.")},
        widget=SeveralFiles(attrs={"accept": "application/pdf,image/jpeg,image/png", "multiple": True}),
    )
    field_order = ("papers", "title", "sort", "on", "source", "marks", "once", "edition")


class AsideForm(HouseForm):
    """Why a document is put aside."""

    because = prose(_("Why is it put aside?"), 2, required=True, say=_("Say why it is put aside."))
