"""A figure that takes its time: the page is shown first, and comes again by itself."""

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from halal_ui.screen import components

    answers = st.session_state["answers"]

    def find() -> str | None:
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        if found == "broken":
            raise RuntimeError("secret detail")
        return found

    with components.without_traceback():
        found = components.when_ready(find, "Rencana sedang dihitung …")
        st.text(found or "belum")


def shown(*answers: str | None) -> AppTest:
    app = AppTest.from_function(page)
    app.session_state["answers"] = [*answers]
    return app.run()


def lines(app: AppTest) -> list[str]:
    return [part.proto.body for part in app.get("html")]


def test_the_page_is_there_before_the_figure():
    """The rest of the page is drawn, and a quiet line stands where the figure will."""
    app = shown(None)
    assert app.text[0].value == "belum"
    assert lines(app) == ['<p class="awaited" role="status">Rencana sedang dihitung …</p>']
    app.session_state["answers"] = ["41 per pekan"]
    app.run()
    assert app.text[0].value == "41 per pekan"
    assert not lines(app)


def test_the_page_comes_again_once_the_figure_is_there():
    """The line asks again, and where it finds something it has the whole page run."""
    app = shown(None, "41 per pekan")
    assert app.text[0].value == "41 per pekan"
    assert not lines(app)


@pytest.mark.parametrize("answers", [("broken",), (None, "broken")])
def test_a_figure_that_fails_is_told_by_the_page(answers: tuple[str | None, ...]):
    """Nobody waits for ever for what has gone wrong."""
    app = shown(*answers)
    assert "Tidak ada data yang hilang" in app.error[0].value
    assert "secret detail" not in str(app)
