"""Consortia: partners that cover capacities best under the rules of a scheme, with a proven bound."""

from synergy.consortia.find import search
from synergy.consortia.pool import Pool
from synergy.consortia.question import Question
from synergy.consortia.result import Consortia, Consortium, Contribution
from synergy.consortia.rules.form import Rule, RuleSet
from synergy.consortia.rules.judge import Verdict
from synergy.consortia.rules.read import load_rules, rule_names
from synergy.consortia.wish import Effort, Value

__all__ = [
    "Consortia",
    "Consortium",
    "Contribution",
    "Effort",
    "Pool",
    "Question",
    "Rule",
    "RuleSet",
    "Value",
    "Verdict",
    "load_rules",
    "rule_names",
    "search",
]
