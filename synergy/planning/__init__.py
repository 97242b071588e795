"""The action plan of chosen activities: who does what by when, and how one sees that it works."""

from synergy.planning.plan import ActivityPlan, Plan, make_plan
from synergy.planning.template import Template, load_template

__all__ = ["ActivityPlan", "Plan", "Template", "load_template", "make_plan"]
