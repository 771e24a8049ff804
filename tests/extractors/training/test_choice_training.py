"""Training of choosers: it learns what decides, by trait, and leaves out what few documents show."""

from extractors.chooser import Chooser
from extractors.training.choice_training import Question, Recipe, fit

_RECIPE = Recipe(ridge=0.1, steps=60, least_documents=2)


def test_feature_that_decides_is_learnt_by_trait() -> None:
    questions = []
    for number in range(10):
        document, weather = f"d{number}", f"weather {number % 3}"
        questions.append(Question(document, ("", "old"), [["left", weather], ["right"]], [True, False]))
        questions.append(Question(document, ("", "new"), [["left", weather], ["right"]], [False, True]))
    chooser = Chooser(fit(questions, _RECIPE))
    assert chooser.choose([["left"], ["right"]], ("", "old")) == 0
    assert chooser.choose([["left"], ["right"]], ("", "new")) == 1


def test_rare_features_are_left_out() -> None:
    questions = [Question("only", ("",), [["rare"], ["other"]], [True, False]) for _ in range(5)]
    assert fit([*questions, Question("next", ("",), [["other"], ["none"]], [True, False])], _RECIPE).get(
        "", {}
    ).keys() == {"other"}


def test_words_count_under_the_general_traits_only() -> None:
    questions = [Question(f"d{n}", ("", "family", "role"), [["~word"], ["~other"]], [True, False]) for n in range(4)]
    assert set(fit(questions, _RECIPE)) == {"", "family"}
