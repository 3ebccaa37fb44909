"""The verdicts on one duty of one institution, by the rule that its law sets for keeping it current."""

from atalaya.duties.judging import Question, judge_once, shown, unreadable
from atalaya.duties.judging_events import judge_events
from atalaya.duties.judging_series import judge_periods
from atalaya.duties.verdicts import DutyVerdict


def judge(question: Question) -> tuple[DutyVerdict, ...]:
    """The verdict on the duty as a whole, which has no period, and those on its periods or events, the oldest first."""
    if not question.site.read:
        return (unreadable(question),)
    there = shown(question)
    if question.rule.hours_before is not None:
        return judge_events(question, there)
    length = question.length
    return (judge_once(question, there),) if length is None else judge_periods(question, length, there)
