"""The people of one article: those near its statements, and everybody where a post or half a name stands for him."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.facts.triggers import Trigger
from retrieval.gazetteer.tables import words
from retrieval.thai.people import Person, people

REACH = 420
"""How far to the left of its verb, in characters, a subject may begin."""
_READ = 20_000
"""Characters of a body in which full names and posts are looked up."""

_SAYS = re.compile(r"[^\n]{0,40}?(?:(?<!ดัง)กล่าว|เปิดเผย|เผย|ระบุ|ชี้แจง|แถลง)")
_HELPERS = re.compile(r"(?:ได้|ร่วม|มา|เดินทาง|ไป|ให้เกียรติ|\s)+$")
_NOT_THE_POST = words("presiding", "not the post")
_HALF_POSTS = words("presiding", "half a post")
_SHORT_POSTS = (
    ("รัฐมนตรีว่าการกระทรวง", "รมว"), ("รัฐมนตรีช่วยว่าการกระทรวง", "รมช"), ("ผู้ว่าราชการจังหวัด", "ผวจ"),
    ("ผู้ว่าราชการจังหวัด", "ผู้ว่าฯ"), ("นายกรัฐมนตรี", "นายกฯ"), ("นายกรัฐมนตรี", "นรม"), ("ปลัดกระทรวง", "ปลัด"),
    ("รองนายกรัฐมนตรี", "รองนายกฯ"), ("เลขาธิการคณะกรรมการ", "เลขาธิการ"),
)  # fmt: skip
_SHORTEST = 4
"""Letters of a post that stands alone ("รมว"), and of a part of a longer one."""
_SHORTEST_PART = 6


@dataclass(slots=True)
class Participants:
    """The people of a body, looked for only where a statement stands; everybody only when he is asked for."""

    body: str
    near: list[Person]
    everybody: list[Person] | None = None
    posts: list[tuple[str, Person]] | None = None

    @classmethod
    def around(cls, body: str, found: Sequence[Trigger]) -> Participants:
        """The participants of a body with the people around its triggers, which are in order."""
        windows: list[tuple[int, int]] = []
        for trigger in found:
            begin, end = max(0, trigger.start - REACH), min(len(body), trigger.end + 60)
            if windows and begin <= windows[-1][1]:
                windows[-1] = windows[-1][0], max(end, windows[-1][1])
            else:
                windows.append((begin, end))
        return cls(body, [person for begin, end in windows for person in people(body, begin, end)])

    def all(self) -> list[Person]:
        """Everybody whom the body's beginning names."""
        if self.everybody is None:
            self.everybody = people(self.body, 0, _READ)
        return self.everybody

    def full(self, person: Person) -> Person:
        """The same person where the article gives the whole name ("นายสมชายฯ" is นายสมชาย with his surname)."""
        if person.complete:
            return person
        same = (p for p in self.all() if p.complete and p.first == person.first)
        # A verb glued to the first name makes it longer than the name itself ("นายสมชายได้เป็น...").
        glued = (p for p in self.all() if p.complete and person.first.startswith(p.first))
        return next(same, None) or next(glued, person)

    def post(self, person: Person) -> str | None:
        """His post beside the name, or where the article first tells it."""
        if person.post:
            return person.post
        return next((p.post for p in self.all() if p.post and p.first == person.first), None)

    def speaker(self, start: int) -> list[Person]:
        """Who says "I" at a place: the last person before it who is told to speak."""
        before = [p for p in self.all() if p.end <= start]
        for person in reversed(before):
            if says(self.body, person):
                return [person]
        return before[:1]

    def by_post(self, start: int, after: int) -> list[Person]:
        """The person whom a post alone means ("นายกรัฐมนตรีเป็นประธาน"), named elsewhere in the article."""
        tail = plain_post(_HELPERS.sub("", self.body[max(after, start - 90) : start]))
        if len(tail) < _SHORTEST:
            return []
        for name, person in self._posts():
            if tail.endswith(name) and not tail[: -len(name)].endswith(_NOT_THE_POST):
                return [person._replace(start=start, end=start, post_end=0)]
        for person in self.all():
            # "รมช.สมชาย", "ปลัดฯ สมชาย": half a post and half a name.
            if person.complete and tail.endswith(person.first) and tail[: -len(person.first)].endswith(_HALF_POSTS):
                return [person._replace(start=start, end=start, post_end=0)]
        return []

    def _posts(self) -> list[tuple[str, Person]]:
        if self.posts is None:
            known = [p for p in self.all() if p.complete and p.post]
            self.posts = [(name, person) for person in known for name in names_of_post(person.post or "")]
        return self.posts


def says(body: str, person: Person) -> bool:
    """Whether a person is told to speak right after he is named."""
    return bool(_SAYS.match(body, max(person.end, person.post_end)))


def names_of_post(post: str) -> list[str]:
    """What a post may be called alone: without brackets, in its brackets, in its first part, in short."""
    inside = re.findall(r"\(([^()]{3,40})\)", post)
    whole = plain_post(re.sub(r"\(.*?\)", "", post))
    parts = [whole, *(plain_post(word) for word in inside)]
    parts += [part for part in re.split("และ|ในฐานะ", whole) if len(part) >= _SHORTEST_PART]
    for full, short in _SHORT_POSTS:
        if whole.startswith(full):
            parts += [short + whole[len(full) :], full + whole[len(full) :].split("และ")[0]]
            if full in ("นายกรัฐมนตรี", "รองนายกรัฐมนตรี", "ผู้ว่าราชการจังหวัด"):
                parts += [full, short]
    return sorted({part for part in parts if len(part) >= _SHORTEST}, key=len, reverse=True)


def plain_post(post: str) -> str:
    """A post in the form that two ways of writing it share."""
    return re.sub(r"[\s.]", "", post)
