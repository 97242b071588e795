"""Rules of consortia: one form, rule sets as data, three-valued judgement, translation to constraints."""
