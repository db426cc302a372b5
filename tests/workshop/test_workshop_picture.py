from tutor.workshop import picture


def test_the_picture_of_the_readme_is_drawn_from_the_map_as_it_is():
    assert picture.is_up_to_date()


def test_a_picture_of_another_map_is_noticed(tmp_path):
    path = tmp_path / "picture.svg"
    path.write_text(picture.PICTURE.read_text(encoding="utf-8").replace(picture.digest(), "0" * 16))
    assert not picture.is_up_to_date(path)
    picture.draw(path)
    assert picture.is_up_to_date(path)


def test_the_readme_shows_it_with_words():
    readme = (picture.ROOT / "README.md").read_text(encoding="utf-8")
    start = readme.index("![")
    assert "](.github/lower_tumen.svg)" in readme[start:]
    assert "tripoint" in readme[start : readme.index(".github/lower_tumen.svg")]
