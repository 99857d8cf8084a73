"""Charts of a study as SVG text: readable at 400 px, light and dark, the same bytes for the same study."""

from foedus.report.charts.comparisons import aftermath, members, twin_differences
from foedus.report.charts.courses import COURSES, course
from foedus.report.charts.drawing import standalone
from foedus.report.charts.paths import paths
from foedus.report.charts.places import cities

__all__ = ["COURSES", "aftermath", "cities", "course", "members", "paths", "standalone", "twin_differences"]
