"""Consortia: partners that cover capacities best under the rules of a scheme, with a proven bound."""

from synergy.consortia.find import search
from synergy.consortia.infeasible import Change, Repair
from synergy.consortia.lacking import Lack, Lacks, lacks
from synergy.consortia.leaving import Departure, Robustness, robustness
from synergy.consortia.pool import Pool
from synergy.consortia.question import Question
from synergy.consortia.result import Consortia, Consortium, Contribution
from synergy.consortia.rules.form import Rule, RuleSet
from synergy.consortia.rules.judge import Verdict
from synergy.consortia.rules.read import load_rules, rule_names
from synergy.consortia.why import Move, WhyNot, why_not
from synergy.consortia.wish import Effort, Value

__all__ = [
    "Change",
    "Consortia",
    "Consortium",
    "Contribution",
    "Departure",
    "Effort",
    "Lack",
    "Lacks",
    "Move",
    "Pool",
    "Question",
    "Repair",
    "Robustness",
    "Rule",
    "RuleSet",
    "Value",
    "Verdict",
    "WhyNot",
    "lacks",
    "load_rules",
    "robustness",
    "rule_names",
    "search",
    "why_not",
]
