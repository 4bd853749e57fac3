"""The room as a Django application."""

from django.apps import AppConfig

from alongside.foundations.shelf import fill_from


class DocumentationConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.documentation"
    label = "documentation"

    def ready(self) -> None:
        """Put this room's variants on their shelves, and draw the frame of every case page."""
        from alongside.confidentiality.access import framed_by
        from alongside.documentation.queries import case_page

        fill_from("alongside.documentation.catalogue")
        framed_by(case_page)
