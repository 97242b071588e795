"""Consortia: partners that cover capacities best under the rules of a scheme, with a proven bound."""

from synergy.consortia.pool import Pool
from synergy.consortia.rules.form import Rule, RuleSet
from synergy.consortia.rules.read import load_rules, rule_names
from synergy.consortia.wish import Effort, Value

__all__ = ["Effort", "Pool", "Rule", "RuleSet", "Value", "load_rules", "rule_names"]
