"""Fields and error summaries as HTML: label, description, error and control tied together."""

from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def field_html(
    bound: BoundField, classes: str = "", keep: str = "", hide_label: bool = False, hide_optional: bool = False
) -> SafeString:
    """A field with its label, description and error. `keep` saves what is typed on this device under that key.

    `hide_optional`: where it is said once for many fields that they need not be filled in.
    """
    if bound.is_hidden:
        return bound.as_widget()
    attrs: dict[str, str | bool] = {}
    if keep:
        attrs["data-keep"] = keep
    context = {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "classes": classes,
        "hide_label": hide_label,
        "says_optional": not (bound.field.required or hide_optional),
        "is_check": isinstance(bound.field.widget, CheckboxInput),
        "is_group": bound.use_fieldset,
        "error_id": f"{bound.auto_id}_error",
        "help_id": f"{bound.auto_id}_helptext",
    }
    return render_to_string("ui/field.html", context)


def _problems(form: BaseForm) -> list[tuple[str, str]]:
    found = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        target = f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label or bound.auto_id
        if bound.is_hidden:
            found += [("", str(error)) for error in bound.errors]
        else:
            found += [(target, f"{bound.label}: {error}") for error in bound.errors]
    return found


def summary_html(form: BaseForm) -> SafeString:
    """What has to be mended, at the top, with a link to each field; empty when nothing has."""
    if not form.is_bound or not form.errors:
        return SafeString("")
    problems = _problems(form)
    title = ngettext("One thing is not right yet", "%(n)d things are not right yet", len(problems))
    return format_html(
        '<section class="errsum" id="errors" tabindex="-1" autofocus aria-labelledby="errors-title">'
        '<h2 id="errors-title">{}</h2><p>{}</p><ul>{}</ul></section>',
        title % {"n": len(problems)},
        _("What you typed is still there."),
        format_html_join("", "<li>{}</li>", ((_problem(target, text),) for target, text in problems)),
    )


def _problem(target: str, text: str) -> SafeString | str:
    return format_html('<a href="#{}">{}</a>', target, text) if target else text
