"""The revenue contract: worked examples by hand, and what must hold for every contract."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.models import revenue_contract as model
from tutor.models.revenue_contract import Project, break_even_share, kept, local_gain, outcome

SHARES = st.floats(0, 1)
MONEY = st.floats(0, 1e6)
YEARS = st.floats(0.5, 30)
PROJECTS = st.builds(Project, st.just("mill"), MONEY, st.floats(0.1, 1e5))


def test_the_examples_of_the_docstrings():
    assert doctest.testmod(model).failed == 0


@given(revenue=MONEY, share=SHARES, base=MONEY, part=SHARES)
def test_what_is_kept_and_sent_up_is_the_revenue(revenue, share, base, part):
    fixed = base * part
    total = kept(revenue, share, base, fixed) + model.sent_up(revenue, share, base, fixed)
    assert total == pytest.approx(revenue, abs=1e-6)


@given(share=SHARES, extra=MONEY)
def test_of_every_yuan_more_the_retained_share_stays(share, extra):
    gained = kept(100 + extra, share, 100, 40) - kept(100, share, 100, 40)
    assert gained == pytest.approx(share * extra, abs=1e-6)


@given(project=PROJECTS, years=YEARS, share=SHARES)
def test_a_project_pays_just_above_its_break_even_share(project, years, share):
    gain = local_gain(project, share, years)
    distance = share - break_even_share(project, years)
    assert gain == pytest.approx(distance * project.added_revenue * years, rel=1e-6, abs=1e-3)


@given(project=PROJECTS, years=YEARS, low=SHARES, high=SHARES)
def test_a_larger_share_never_starts_fewer_projects(project, years, low, high):
    low, high = sorted((low, high))
    fewer, more = outcome([project], low, years), outcome([project], high, years)
    assert set(fewer.started) <= set(more.started)
    assert more.local_gain >= fewer.local_gain


def test_the_centre_gets_nothing_at_either_end():
    projects = [Project("kiln", 2, 5), Project("road", 11, 5)]
    assert outcome(projects, 0, 3).centre_receipts == 0
    assert outcome(projects, 1, 3).centre_receipts == 0
    assert outcome(projects, 0.5, 3).centre_receipts == 7.5


def test_a_project_that_adds_nothing_never_pays():
    assert break_even_share(Project("hall", 3, 0), 3) == float("inf")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: Project("kiln", -1, 5), "cost"),
        (lambda: kept(120, 50, 100, 40), "retained_share"),
        (lambda: kept(120, 0.5, 100, 140), "fixed"),
        (lambda: break_even_share(Project("kiln", 2, 5), 0), "years"),
    ],
)
def test_bad_input_gets_a_message_that_names_it(call, words):
    with pytest.raises(ValueError, match=words):
        call()
