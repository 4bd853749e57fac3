"""Reads of documentation: the header of every case page, the Thread's page, the timeline, the printed file."""

from alongside.documentation.queries.page import Stage, case_page, stages_of

__all__ = ["Stage", "case_page", "stages_of"]
