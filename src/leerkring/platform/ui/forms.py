"""Forms in the look of the house: classes of the Utrecht parts, autocomplete, and errors that say what to do."""

from typing import Any

from django import forms
from django.forms import widgets
from django.utils.translation import gettext_lazy as _

TEXT = "utrecht-textbox"
AREA = "utrecht-textarea"
SELECT = "utrecht-select"
CHECK = "utrecht-checkbox"

AUTOCOMPLETE = {
    "email": "email",
    "given_name": "given-name",
    "family_name": "family-name",
    "prefix": "additional-name",
    "organisation_name": "organization",
    "phone": "tel",
    "code": "one-time-code",
}

WORDING: list[tuple[type[forms.Field], str, Any]] = [
    (forms.Field, "required", _("Fill this in.")),
    (forms.ChoiceField, "required", _("Choose one.")),
    (forms.ModelChoiceField, "required", _("Choose one.")),
    (forms.MultipleChoiceField, "required", _("Choose at least one.")),
    (forms.ModelMultipleChoiceField, "required", _("Choose at least one.")),
    (forms.BooleanField, "required", _("Tick this to go on.")),
    (forms.ChoiceField, "invalid_choice", _("That choice is not there any more. Choose another.")),
    (forms.ModelChoiceField, "invalid_choice", _("That choice is not there any more. Choose another.")),
    (forms.EmailField, "invalid", _("This is not an e-mail address yet. What you typed is still there.")),
    (forms.DateField, "invalid", _("Write a date, such as 14-11-2024.")),
    (forms.DateTimeField, "invalid", _("Write a day and a time, such as 14-11-2024 13:00.")),
    (forms.TimeField, "invalid", _("Write a time, such as 13:00.")),
    (forms.IntegerField, "invalid", _("Write a whole number.")),
    (forms.URLField, "invalid", _("Write a whole address, such as https://www.example.nl.")),
    (forms.FileField, "required", _("Choose a file.")),
    (forms.FileField, "empty", _("This file is empty. Choose another.")),
]


def _class_of(widget: widgets.Widget) -> str:
    match widget:
        case widgets.Textarea():
            return AREA
        case widgets.RadioSelect() | widgets.CheckboxSelectMultiple() | widgets.HiddenInput() | widgets.FileInput():
            return ""
        case widgets.Select():
            return SELECT
        case widgets.CheckboxInput():
            return CHECK
        case widgets.Input():
            return TEXT
        case _other:
            return ""


def _first_default(field: forms.Field, key: str) -> Any:
    for kind in type(field).__mro__:
        if key in getattr(kind, "default_error_messages", {}):
            return kind.default_error_messages[key]  # type: ignore[attr-defined]
    return None


def _word(field: forms.Field) -> None:
    """Our words where the form did not choose its own."""
    ours: dict[str, Any] = {}
    for kind, key, words in WORDING:
        if isinstance(field, kind):
            ours[key] = words
    for key, words in ours.items():
        if field.error_messages.get(key) == _first_default(field, key):
            field.error_messages[key] = words


def dress(name: str, field: forms.Field) -> None:
    """Give a field the classes, autocomplete and wording of the house."""
    attrs = field.widget.attrs
    class_ = _class_of(field.widget)
    if class_:
        attrs["class"] = f"{class_} {attrs['class']}" if "class" in attrs else class_
    if name in AUTOCOMPLETE:
        attrs.setdefault("autocomplete", AUTOCOMPLETE[name])
    if isinstance(field.widget, widgets.Textarea):
        attrs["rows"] = attrs.get("rows") if str(attrs.get("rows", "10")) != "10" else 4
        attrs.pop("cols", None)
    if isinstance(field, forms.DateField) and isinstance(field.widget, widgets.DateInput):
        field.widget.input_type = "date"
        field.widget.format = "%Y-%m-%d"
    if isinstance(field, forms.TimeField) and isinstance(field.widget, widgets.TimeInput):
        field.widget.input_type = "time"
        field.widget.format = "%H:%M"
    _word(field)


class PlainFields:
    """Mix into any Django form, before it: `class SharpenForm(PlainFields, forms.ModelForm)`."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            dress(name, field)


class PlainForm(PlainFields, forms.Form):
    """The form to start from."""


class PlainModelForm(PlainFields, forms.ModelForm):
    """The same for a model; actions do the writing, so leave save() alone."""
