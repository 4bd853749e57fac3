"""Only verbs write (design section 2): a write elsewhere would pass no policy and leave no deed."""

import ast
from pathlib import Path

import pytest

from .tree import SOURCE, place, python_files, syntax_of, told
from .writes import many_to_many, writes_in


def may_write(path: Path) -> bool:
    """Whether a file may write: verbs, the foundations under them, and the bulk path of the fictional agency."""
    within = path.relative_to(SOURCE).parts
    return path.name == "actions.py" or "actions" in within[:-1] or within[0] == "foundations" or _demo(within)


def _demo(within: tuple[str, ...]) -> bool:
    return within[:2] == ("site", "demo")


def test_nothing_is_written_to_the_database_but_by_a_verb() -> None:
    relations = many_to_many(syntax_of(path) for path in python_files())
    faults = [
        f"{place(path, write.line)}: {write.said} writes, and this is no actions.py"
        for path in python_files()
        if not may_write(path)
        for write in writes_in(syntax_of(path), relations)
    ]
    assert not faults, told(faults)


def test_only_verbs_foundations_and_the_demo_may_write() -> None:
    allowed = [
        "people/actions.py",
        "client_level/planning/actions/goals.py",
        "foundations/deeds.py",
        "site/demo/bulk.py",
    ]
    refused = ["people/views.py", "people/models.py", "site/pages.py", "site/demo.py", "reports/catalogue/costs.py"]
    assert all(may_write(SOURCE / name) for name in allowed)
    assert not any(may_write(SOURCE / name) for name in refused)


@pytest.mark.parametrize(
    "source",
    [
        "case.save()",
        "form.save()",
        "self.instance.delete()",
        "await note.asave(update_fields=['text'])",
        "Case.objects.create(client=client)",
        "case.notes.create(text='met')",
        "Case.objects.filter(pk=1).update(closed=today)",
        "Case.objects.filter(pk=1).delete()",
        "await Case.objects.filter(pk=1).aupdate(closed=today)",
        "case.need_set.update(rank=1)",
        "Case.objects.bulk_create(rows)",
        "rows = Case.objects.filter(open=True)\nrows.update(open=False)",
        "def close(rows):\n    mine = Case.objects.all()\n    mine.update(open=False)",
        "def close(rows: QuerySet[Case]) -> None:\n    rows.update(open=False)",
        "def save(self):\n    self.other.save()",
        "def tidy(self):\n    super().save()",
        "Program.objects.get_or_create(name='Home')",
        "Program.objects.aupdate_or_create(name='Home')",
        "note.goals.add(goal)",
        "note.goals.set([goal])",
        "cursor.execute('insert into people_person values (%s)', [pk])",
        "cursor.execute('UPDATE people_person SET name = %s', [name])",
        "cursor.execute(f'DELETE FROM {table}')",
        "cursor.copy('COPY people_person (id) FROM STDIN')",
        "cursor.execute('with gone as (delete from note returning id) select * from gone')",
        "CLOSE = '''\n  UPDATE ONLY engagement_case AS c\n  SET closed_on = now()\n'''",
        "connection.execute(sql.SQL('TRUNCATE {}').format(name))",
    ],
)
def test_a_write_outside_a_verb_would_be_caught(source: str) -> None:
    assert writes_in(ast.parse(source), frozenset({"goals"}))


@pytest.mark.parametrize(
    "source",
    [
        "found = {}\nfound.update(other)",
        "seen = set()\nseen.add(1)\nseen.update([2])\nseen.remove(1)\nseen.clear()",
        "goals = set()\ngoals.add(goal)",
        "hashlib.sha256().update(text)",
        "digest.update(Case.objects.count().to_bytes())",
        "response.delete_cookie('theme')",
        "request.session.save()",
        "storage.save('plan.pdf', content)",
        "default_storage.delete('plan.pdf')",
        "cache.delete('count')",
        "def save(self) -> None:\n    super().save()",
        "Case.objects.filter(open=True).values_list('pk')",
        "case = Case.objects.select_for_update().get(pk=1)",
        "cursor.execute('SELECT set_config(%s, %s, true)', ['actor', pk])",
        "cursor.copy('COPY people_person TO STDOUT')",
        "cursor.execute('select id from note where updated > %s', [day])",
        "def f() -> None:\n    '''DELETE FROM the list is what this never does.'''",
        "raise RuleBroken(_('Update the set of goals first.'))",
        "context = context_of(page)\ncontext.update(title='Today')",
    ],
)
def test_what_only_looks_like_a_write_passes(source: str) -> None:
    assert writes_in(ast.parse(source), frozenset({"goals"})) == []


def test_many_to_many_fields_are_known_from_both_sides() -> None:
    models = (
        "class Note(Model):\n    goals = models.ManyToManyField('Goal', related_name='notes')\n    text = TextField()"
    )
    assert many_to_many([ast.parse(models)]) == {"goals", "notes"}
