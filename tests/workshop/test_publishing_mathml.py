r"""Formulas of the lessons as MathML."""

import re
from xml.etree import ElementTree

import pytest

from tutor.workshop.notebooks import course_notebooks
from tutor.workshop.publishing.mathml import mathml

IN_TEXT = re.compile(r"\$\$(.+?)\$\$|(?<!\\)\$([^$\n]+)\$", re.DOTALL)


def of_the_course():
    for notebook in course_notebooks():
        for cell in notebook.markdown_cells:
            for block, inline in IN_TEXT.findall(cell.source):
                yield notebook.name, block or inline, bool(block)


@pytest.mark.parametrize(
    ("formula", "inner"),
    [
        ("d_i", "<msub><mi>d</mi><mi>i</mi></msub>"),
        (r"\frac{s}{r}", "<mfrac><mrow><mi>s</mi></mrow><mrow><mi>r</mi></mrow></mfrac>"),
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        ("x^10", "<msup><mi>x</mi><mn>1</mn></msup><mn>0</mn>"),
        ("a-1.5", "<mi>a</mi><mo>−</mo><mn>1.5</mn>"),
        ("s > c", "<mi>s</mi><mo>&gt;</mo><mi>c</mi>"),
        (
            r"\sqrt{a_i}",
            "<msqrt><mrow><msub><mi>a</mi><mi>i</mi></msub></mrow></msqrt>",
        ),
        (r"i \text{ signs}", "<mi>i</mi><mtext>&#xA0;signs</mtext>"),
        (r"\max s", '<mrow><mi>max</mi><mo>&#x2061;</mo><mspace width="0.17em"></mspace></mrow>'),
        (r"\Big(a\Big)", '<mo stretchy="true">(</mo><mi>a</mi><mo stretchy="true">)</mo>'),
        ("x_n^2", "<msubsup><mi>x</mi><mi>n</mi><mn>2</mn></msubsup>"),
    ],
)
def test_what_a_formula_becomes(formula, inner):
    written = mathml(formula)
    assert written.startswith("<math><mrow>")
    assert inner in written


def test_limits_stand_under_a_sum_only_on_a_line_of_its_own():
    assert "<munder>" in mathml(r"\sum_i c_i", block=True)
    assert "<msub>" in mathml(r"\sum_i")
    assert "<munder>" not in mathml(r"\sum_i c_i")


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        (r"\oint x", r"\oint is not known"),
        ("{a", "'}' is missing"),
        ("a^", "ends too early"),
        (r"\Big x", "needs a bracket"),
        (r"\text x", "words in braces"),
        ("_i", "nothing can carry"),
    ],
)
def test_what_cannot_be_written_is_named(formula, what):
    with pytest.raises(ValueError, match=re.escape(what)):
        mathml(formula)


def test_every_formula_of_the_course_is_well_formed():
    formulas = list(of_the_course())
    assert len(formulas) > 50
    for name, formula, block in formulas:
        tree = ElementTree.fromstring(mathml(formula, block=block))
        words = "".join(tree.itertext())
        assert "\\" not in words, f"{name}: {formula}"
        letters = re.findall(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])", formula)
        assert all(letter in words for letter in letters), f"{name}: {formula}"
