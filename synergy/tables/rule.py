"""One rule of the check, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One rule: its code, its title, why it is there, a cell or file that breaks it, and the remedy."""

    code: str
    title: str
    explanation: str
    example: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.code} {self.title}\n\n{self.explanation}\n\nExample: {self.example}\nRemedy:  {self.remedy}"
