"""Reads of documentation: the header of every case page, the Thread's page, the timeline, the printed file."""

from alongside.documentation.queries.page import case_page, stages_of
from alongside.documentation.queries.stages import FIRST_DAYS, Stage, first_days, stage_reached

__all__ = ["FIRST_DAYS", "Stage", "case_page", "first_days", "stage_reached", "stages_of"]
