"""Charts of a study as SVG text: readable at 400 px, light and dark, the same bytes for the same study."""

from foedus.report.charts.comparisons import aftermath, members, twin_differences
from foedus.report.charts.courses import COURSES, course
from foedus.report.charts.drawing import standalone
from foedus.report.charts.lift import arrival, arrival_by_member, request_curve
from foedus.report.charts.paths import paths
from foedus.report.charts.places import cities
from foedus.report.charts.standing_aside import standing_aside

__all__ = [
    "COURSES",
    "aftermath",
    "arrival",
    "arrival_by_member",
    "cities",
    "course",
    "members",
    "paths",
    "request_curve",
    "standalone",
    "standing_aside",
    "twin_differences",
]
