"""Every page is valid HTML, also when a form on it was refused, by a checker that is not ours."""

from tests import html_valid, walking_forms


def test_every_page_and_every_refused_form_is_valid(app, walk, harbour, visitor, tom, maya, rosa, tmp_path):
    people, drawn = {"": visitor, "Tom": tom, "Maya": maya, "Rosa": rosa}, walk
    assert len(drawn) > 60, "most of the house was walked"
    own = walking_forms.kept(app, tom, harbour)
    back = walking_forms.refused([*drawn, *own], people)
    assert len(back) > 60 and len(own) > 10, "and most of its forms were filled in"
    assert sum('class="field-error"' in page.html for page in back) > 40, "which say what is not right"
    assert html_valid.complaints({f"{number} {page}": page.html for number, page in enumerate([*drawn, *own, *back])}, tmp_path) == []
