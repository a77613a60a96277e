"""Fields tie label, description and error together; a form that comes back lost nothing."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from leerkring.platform.ui.forms import PlainForm


class AskForm(PlainForm):
    email = forms.EmailField(label="E-mail", help_text="For your link.")
    wording = forms.CharField(label="Wording", widget=forms.Textarea)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    theme = forms.ChoiceField(label="Theme", choices=[("", "?"), ("1", "One")], required=False)
    sure = forms.BooleanField(label="Sure", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def shown(form: forms.Form, source: str) -> str:
    return Template("{% load ui %}" + source).render(Context({"form": form}))


def test_a_field_is_described_by_its_help() -> None:
    html = shown(AskForm(), "{% field form.email %}")
    assert '<label class="utrecht-form-label" for="id_email">E-mail</label>' in html
    assert 'id="id_email_helptext">For your link.<' in html
    assert 'aria-describedby="id_email_helptext"' in html
    assert 'class="utrecht-textbox"' in html
    assert 'autocomplete="email"' in html


def test_a_field_with_an_error_keeps_what_was_typed_and_says_what_to_do() -> None:
    html = shown(AskForm({"email": "n.dewit"}), "{% field form.email %}")
    assert 'value="n.dewit"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'class="msg utrecht-form-field-error-message" id="id_email_error">This is not an e-mail address yet.' in html


def test_the_summary_leads_to_each_field() -> None:
    html = shown(AskForm({"email": "n.dewit", "revision": "1"}), "{% form_errors form %}")
    assert "3 things are not right yet" in html
    assert '<a href="#id_email">E-mail: ' in html
    assert '<a href="#id_wording">Wording: Fill this in.</a>' in html
    assert '<a href="#id_kind_0">Kind: Choose one.</a>' in html


def test_there_is_no_summary_while_nothing_is_wrong() -> None:
    assert shown(AskForm(), "{% form_errors form %}") == ""


def test_errors_of_the_whole_form_stand_in_the_summary() -> None:
    form = AskForm({"email": "a@b.nl", "wording": "x", "kind": "a", "revision": "1"})
    form.add_error(None, "The version is set already.")
    assert "<li>The version is set already.</li>" in shown(form, "{% form_errors form %}")


def test_choices_are_a_group_with_a_legend() -> None:
    html = shown(AskForm({"kind": ""}), "{% field form.kind classes='seg' %}")
    assert html.startswith('<fieldset class="field utrecht-form-field seg utrecht-form-field--invalid fielderr"')
    assert 'id="id_kind" aria-describedby="id_kind_error">' in html
    assert "<legend>Kind</legend>" in html
    assert html.count('id="id_kind"') == 1


def test_a_field_that_need_not_be_filled_says_so() -> None:
    assert "(not needed)" in shown(AskForm(), "{% field form.theme %}")
    assert "(not needed)" not in shown(AskForm(), "{% field form.sure %}")
    assert "(not needed)" not in shown(AskForm(), "{% field form.theme hide_optional=True %}")


def test_a_draft_is_kept_under_its_key() -> None:
    assert 'data-keep="question-12"' in shown(AskForm(), "{% field form.wording keep='question-12' %}")


def test_a_hidden_field_is_only_its_input() -> None:
    html = shown(AskForm(initial={"revision": 4}), "{% field form.revision %}")
    assert html == '<input type="hidden" name="revision" value="4" id="id_revision">'


def test_own_words_of_a_form_stay() -> None:
    class Named(PlainForm):
        name = forms.CharField(error_messages={"required": "How are you called?"})

    assert Named({}).errors["name"] == ["How are you called?"]


def test_what_was_typed_is_escaped() -> None:
    html = shown(
        AskForm({"email": '"><script>', "wording": "</textarea><script>"}),
        "{% field form.email %}{% field form.wording %}",
    )
    assert "<script>" not in html
